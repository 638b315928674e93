using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace OpenGov.LocalHost;

/// <summary>The activity of a function's run, named and tagged as the worker names and tags it.</summary>
internal static class Invocations
{
    public const string Source = "Microsoft.Azure.Functions.Worker";
    private static readonly ActivitySource Activities = new(Source);

    /// <summary>Within the caller's trace where the request brings one.</summary>
    public static Activity? Start(string function, string invocation, HttpContext? http)
    {
        ActivityContext.TryParse(http?.Request.Headers.TraceParent, null, isRemote: true, out var caller);
        // What the web server or a pump has running is not the function's.
        Activity.Current = null;
        return Activities.StartActivity($"function {function}", http is null ? ActivityKind.Internal : ActivityKind.Server, caller)
            ?.SetTag("faas.name", function).SetTag("faas.invocation_id", invocation);
    }
}
