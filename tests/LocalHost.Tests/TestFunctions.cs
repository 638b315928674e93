using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace OpenGov.LocalHost;

public sealed class OuterMiddleware : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        context.Items["order"] = "outer";
        await next(context);
        context.Items["order"] += " /outer";
    }
}

public sealed class InnerMiddleware : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        context.Items["order"] += " inner";
        await next(context);
        context.Items["order"] += " /inner";
    }
}

public sealed class TellOrder(FunctionContext context) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => httpContext.Response.WriteAsync($"{context.Items["order"]} result");
}

public sealed class AShowAnything
{
    [Function(nameof(AShowAnything))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/{name}")] HttpRequest request, string name) => Results.Text($"anything: {name}");
}

public sealed class BShowNew
{
    [Function(nameof(BShowNew))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/new")] HttpRequest request) => Results.Text("new");
}

public sealed class Home
{
    [Function(nameof(Home))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{home:maxlength(0)?}")] HttpRequest request, FunctionContext context)
    {
        context.Items["order"] += " function";
        return new TellOrder(context);
    }
}

public sealed class Fail
{
    [Function(nameof(Fail))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "fail")] HttpRequest request)
    {
        request.HttpContext.Response.Headers["X-Half-Done"] = "yes";
        throw new InvalidOperationException("secret");
    }
}

public sealed class PostOnly
{
    [Function(nameof(PostOnly))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "posts/{id:int}")] HttpRequest request, int id) => Results.Text($"{id + 1}");
}

public sealed class Take(Seen seen)
{
    [Function(nameof(Take))]
    public void Run([QueueTrigger("takes")] string text)
    {
        seen.Add($"take {text}");
        if (text.StartsWith("bad", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("bad");
        }
    }
}

/// <summary>Takes as long as its message says, in ms; -1: until it is told to give up.</summary>
public sealed class TakeLong(Seen seen)
{
    [Function(nameof(TakeLong))]
    public async Task Run([QueueTrigger("long-takes")] string text, CancellationToken cancel)
    {
        seen.Add("long begun");
        await Task.Delay(int.Parse(text, System.Globalization.CultureInfo.InvariantCulture), cancel);
        seen.Add("long done");
    }
}

public sealed class Daily(Seen seen, TimeProvider clock)
{
    [Function(nameof(Daily))]
    public void Run([TimerTrigger("0 0 13 * * *")] TimerInfo timer) => seen.Add($"daily {clock.GetUtcNow():yyyy-MM-ddTHH:mm} {(timer.IsPastDue ? "late" : "on time")}");
}

public sealed class Hourly(Seen seen)
{
    private static int inHand;

    [Function(nameof(Hourly))]
    public async Task Run([TimerTrigger("0 0 * * * *")] TimerInfo timer, CancellationToken cancel)
    {
        seen.Add(Interlocked.Increment(ref inHand) == 1 ? "hourly" : "hourly twice at once");
        await Task.Delay(20, cancel);
        Interlocked.Decrement(ref inHand);
    }
}

public sealed class Throwing(Seen seen)
{
    [Function(nameof(Throwing))]
    public void Run([TimerTrigger("0 30 13 * * *")] TimerInfo timer)
    {
        seen.Add("throwing");
        throw new InvalidOperationException("thrown");
    }
}
