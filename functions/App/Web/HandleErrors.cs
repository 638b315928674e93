using System.Diagnostics;
using Azure;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using OpenGov.Functions.Telemetry;

namespace OpenGov.Functions.Web;

/// <summary>
/// The one place for what nobody expected. Storage that does not answer is 503 with Retry-After; all else is 500.
/// The public reads one page, or one problem document; an exception's words go nowhere, not even to the log.
/// </summary>
public sealed class HandleErrors(ILogger<HandleErrors> log) : IFunctionsWorkerMiddleware
{
    private const int RetryAfterSeconds = 5;

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            await WorkAsync(context, next);
            return;
        }
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            context.GetInvocationResult().Value = Results.Empty;
        }
        catch (Exception failure) when (!http.Response.HasStarted)
        {
            var unavailable = IsStorageTrouble(failure);
            Log(context, failure);
            context.GetInvocationResult().Value = Results.Empty;
            await AnswerAsync(http, unavailable);
        }
    }

    /// <summary>The message is tried again, or the timer goes on: that it failed has to be seen.</summary>
    private async Task WorkAsync(FunctionContext context, FunctionExecutionDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log(context, failure);
            throw new WorkFailedException(Wordless.Types(failure));
        }
    }

    private void Log(FunctionContext context, Exception failure)
    {
        Activity.Current?.SetStatus(ActivityStatusCode.Error, failure.GetType().Name);
        log.LogError("{Function} failed: {Failure}\n{Stack}", context.FunctionDefinition.Name, Wordless.Types(failure), Wordless.Stack(failure));
    }

    private static async Task AnswerAsync(HttpContext http, bool unavailable)
    {
        Language.Use(Language.Of(http.Request));
        http.Response.Headers.Remove("Content-Length");
        var status = unavailable ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError;
        if (unavailable)
        {
            http.Response.Headers.RetryAfter = $"{RetryAfterSeconds}";
        }
        var answer = http.Request.Path.StartsWithSegments("/api")
            ? Problems.Of(status, unavailable ? "unavailable" : "internal", unavailable ? "Try again in a few seconds." : "Something went wrong.")
            : Page.Error(status);
        await answer.ExecuteAsync(http);
    }

    private static bool IsStorageTrouble(Exception failure) => failure switch
    {
        RequestFailedException { Status: 0 or 408 or 429 or >= 500 } => true,
        AggregateException { InnerException: { } inner } => IsStorageTrouble(inner),
        TimeoutException or HttpRequestException => true,
        // The SDK gives up a try that takes too long by cancelling it.
        OperationCanceledException => true,
        _ => false,
    };
}
