using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace OpenGov.Functions.Telemetry;

/// <summary>A timer that no longer runs, or fails, says nothing: that it ended well is counted, so that silence can be told.</summary>
public sealed class CountTimerRuns(Measures measures) : IFunctionsWorkerMiddleware
{
    private static readonly HashSet<string> Timers = [.. typeof(CountTimerRuns).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .Where(method => method.GetParameters().Any(parameter => parameter.IsDefined(typeof(TimerTriggerAttribute))))
        .Select(method => method.GetCustomAttribute<FunctionAttribute>()!.Name)];

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        await next(context);
        if (Timers.Contains(context.FunctionDefinition.Name))
        {
            measures.TimerRun(context.FunctionDefinition.Name);
        }
    }
}
