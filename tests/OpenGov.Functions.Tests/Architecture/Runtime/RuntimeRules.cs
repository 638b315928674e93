using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using NCrontab;

namespace OpenGov.Functions.Architecture.Runtime;

/// <summary>What the official runtime takes. A function that breaks one of these keeps it, or the whole app, from starting, or is never called.</summary>
internal sealed partial class RuntimeRules(JsonNode hostJson, IReadOnlyCollection<string> createdQueues)
{
    private static readonly string[] Methods = ["get", "head", "post", "put", "patch", "delete", "options", "trace"];
    private static readonly Type[] Anywhere = [typeof(CancellationToken), typeof(FunctionContext)];
    private readonly string prefix = (string?)hostJson["extensions"]?["http"]?["routePrefix"] ?? "api";

    /// <summary>One line for each rule that is broken.</summary>
    public IEnumerable<string> Faults(IReadOnlyList<DeclaredFunction> functions) =>
        functions.SelectMany(Faults)
            .Concat(functions.GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => $"{group.Key}: the name is given twice"))
            .Concat(RouteFaults(functions))
            .Concat(HostFaults());

    private IEnumerable<string> Faults(DeclaredFunction function)
    {
        var (name, method) = (function.Name, function.Method);
        if (!FunctionName().IsMatch(name))
        {
            yield return $"{name}: no name of a function";
        }
        if (!method.IsPublic || !(method.DeclaringType!.IsPublic || method.DeclaringType.IsNestedPublic) || method.IsGenericMethod || method.DeclaringType.IsGenericType)
        {
            yield return $"{name}: only a public method of a public class is called";
        }
        if (function.Triggers.Count != 1)
        {
            yield return $"{name}: has {function.Triggers.Count} triggers";
            yield break;
        }
        var (triggered, trigger) = function.Triggers[0];
        var faults = trigger switch
        {
            HttpTriggerAttribute http => HttpFaults(function, http, triggered.ParameterType),
            QueueTriggerAttribute queue => QueueFaults(function, queue, triggered.ParameterType),
            TimerTriggerAttribute timer => TimerFaults(function, timer, triggered.ParameterType),
            _ => [],
        };
        foreach (var fault in faults)
        {
            yield return $"{name}: {fault}";
        }
    }

    private IEnumerable<string> HttpFaults(DeclaredFunction function, HttpTriggerAttribute trigger, Type type)
    {
        if (type != typeof(HttpRequest))
        {
            yield return $"an HTTP function takes HttpRequest, not {type.Name}";
        }
        if (function.Method.ReturnType != typeof(Task<IResult>) && function.Method.ReturnType != typeof(IResult))
        {
            yield return "an HTTP function returns IResult";
        }
        if (trigger.Methods.Length == 0 || trigger.Methods.Except(Methods).Any())
        {
            yield return $"no methods: {string.Join(' ', trigger.Methods)}";
        }
        if (Template(function) is not { } template)
        {
            yield return $"no route: {trigger.Route}";
            yield break;
        }
        var known = template.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in Others(function).Where(parameter => !known.Contains(parameter.Name!)))
        {
            yield return $"{parameter.Name} is no value of the route {template.RawText}";
        }
    }

    private IEnumerable<string> QueueFaults(DeclaredFunction function, QueueTriggerAttribute trigger, Type type)
    {
        if (type != typeof(string))
        {
            yield return $"a queue function takes the message's text, not {type.Name}";
        }
        if (!QueueName().IsMatch(trigger.QueueName))
        {
            yield return $"no name of a queue: {trigger.QueueName}";
        }
        if (!createdQueues.Contains(trigger.QueueName))
        {
            yield return $"nobody creates the queue {trigger.QueueName}";
        }
        foreach (var fault in WorkFaults(function))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> TimerFaults(DeclaredFunction function, TimerTriggerAttribute trigger, Type type)
    {
        if (type != typeof(TimerInfo))
        {
            yield return $"a timer function takes TimerInfo, not {type.Name}";
        }
        if (trigger.Schedule.Split(' ').Length != 6 || CrontabSchedule.TryParse(trigger.Schedule, new CrontabSchedule.ParseOptions { IncludingSeconds = true }) is null)
        {
            yield return $"no schedule of six fields: {trigger.Schedule}";
        }
        if (trigger.RunOnStartup)
        {
            yield return "would run at each start of each instance";
        }
        foreach (var fault in WorkFaults(function))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> WorkFaults(DeclaredFunction function)
    {
        if (function.Method.ReturnType != typeof(Task))
        {
            yield return $"returns {function.Method.ReturnType.Name}: it would be lost, and void is not awaited";
        }
        foreach (var parameter in Others(function))
        {
            yield return $"nothing is bound to {parameter.Name}";
        }
    }

    private static IEnumerable<System.Reflection.ParameterInfo> Others(DeclaredFunction function) => function.Method.GetParameters()
        .Where(parameter => parameter != function.Triggers[0].Parameter && !Anywhere.Contains(parameter.ParameterType));

    /// <summary>Null where the runtime would not take it: "/" with an empty prefix makes every function answer 500.</summary>
    private RoutePattern? Template(DeclaredFunction function)
    {
        var route = function.Trigger<HttpTriggerAttribute>()!.Route ?? function.Name;
        try
        {
            return route.StartsWith('/') || (route.Length == 0 && prefix.Length == 0) ? null
                : RoutePatternFactory.Parse(string.Join('/', new[] { prefix, route }.Where(part => part.Length > 0)));
        }
        catch (RoutePatternException)
        {
            return null;
        }
    }

    private IEnumerable<string> RouteFaults(IReadOnlyList<DeclaredFunction> functions)
    {
        var routes = functions.Where(function => function.Trigger<HttpTriggerAttribute>() is not null)
            .Select(function => (function.Name, function.Trigger<HttpTriggerAttribute>()!.Methods, Pattern: Template(function)))
            .Where(route => route.Pattern is not null).Select(route => new FunctionRoute(route.Name, route.Methods, route.Pattern!))
            .OrderBy(route => route.Function, StringComparer.OrdinalIgnoreCase).ToList();
        var overlaps = from first in routes
                       from second in routes
                       where string.Compare(first.Function, second.Function, StringComparison.OrdinalIgnoreCase) < 0
                           && !first.IsCatchAll && !second.IsCatchAll && first.Methods.Intersect(second.Methods).Any() && first.Overlaps(second)
                       select $"{first.Function} and {second.Function} match one address: {first.Pattern.RawText}, {second.Pattern.RawText}";
        return overlaps.Concat(routes.Where(route => route.IsCatchAll && route != routes[^1]).Select(route => $"{route.Function}: what matches all must come last"));
    }

    private IEnumerable<string> HostFaults()
    {
        var queues = hostJson["extensions"]?["queues"];
        (string Name, double Least, double Most, double? Value)[] settings =
        [
            ("batchSize", 1, 32, (double?)queues?["batchSize"]),
            ("newBatchThreshold", 0, 32, (double?)queues?["newBatchThreshold"]),
            ("maxDequeueCount", 1, 10, (double?)queues?["maxDequeueCount"]),
            ("maxPollingInterval", 0.1, 60, Seconds(queues?["maxPollingInterval"])),
            ("visibilityTimeout", 0, 7 * 24 * 3600, Seconds(queues?["visibilityTimeout"])),
        ];
        return settings.Where(setting => setting.Value is not { } value || value < setting.Least || value > setting.Most)
            .Select(setting => $"host.json: {setting.Name} is not between {setting.Least} and {setting.Most}")
            .Concat((string?)hostJson["version"] == "2.0" ? [] : ["host.json: version is not 2.0"])
            .Concat(prefix.Length == 0 ? [] : [$"host.json: a prefix ({prefix}) moves every address"]);
    }

    private static double? Seconds(JsonNode? time) => TimeSpan.TryParse((string?)time, CultureInfo.InvariantCulture, out var span) ? span.TotalSeconds : null;

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,126}$")]
    private static partial Regex FunctionName();

    [GeneratedRegex("^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex QueueName();
}
