using System.Reflection;
using Azure;
using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Web;

/// <summary>For a monitor: 503 where storage does not answer, work waits too long, or a message was put aside as poison.</summary>
public sealed class CheckHealth(WaitingWork work)
{
    private const int RetryAfterSeconds = 30;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    /// <summary>The commit that it was built from; empty where it was built from none.</summary>
    private static readonly string Version = typeof(CheckHealth).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+').ElementAtOrDefault(1) ?? "";

    [Function(nameof(CheckHealth))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/health")] HttpRequest request, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            return Answer(await work.LookAsync(patience.Token), request.HttpContext.Response);
        }
        catch (Exception unreachable) when (!cancel.IsCancellationRequested && unreachable is RequestFailedException or AggregateException or OperationCanceledException)
        {
            return Problems.RetryLater(
                request.HttpContext.Response, StatusCodes.Status503ServiceUnavailable, "storage-unreachable", "Storage cannot be reached.", RetryAfterSeconds);
        }
    }

    internal static IResult Answer(WorkReport report, HttpResponse response)
    {
        var figures = new Dictionary<string, object?> { ["version"] = Version, ["oldestPendingSeconds"] = (long)report.Oldest.TotalSeconds, ["poison"] = report.Poison };
        if (report.Oldest <= LongestWait && report.Poisoned == 0)
        {
            return Results.Json(new Dictionary<string, object?>(figures) { ["status"] = "ok" }, Json.Options);
        }
        response.Headers.RetryAfter = $"{RetryAfterSeconds}";
        var (code, title) = report.Poisoned > 0
            ? ("poison", "Messages were put aside after failing too often.")
            : ("work-delayed", "Work has been waiting for more than 15 minutes.");
        return Problems.Of(StatusCodes.Status503ServiceUnavailable, code, title, more: figures);
    }
}
