using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker;

namespace OpenGov.Functions.Architecture.Runtime;

/// <summary>A function as its attributes declare it.</summary>
internal sealed record DeclaredFunction(string Name, MethodInfo Method)
{
    public IReadOnlyList<(ParameterInfo Parameter, Attribute Trigger)> Triggers { get; } =
        [.. from parameter in Method.GetParameters()
            from attribute in parameter.GetCustomAttributes()
            where attribute is HttpTriggerAttribute or QueueTriggerAttribute or TimerTriggerAttribute
            select (parameter, attribute)];

    public static IReadOnlyList<DeclaredFunction> In(params IEnumerable<Type> classes) =>
        [.. from type in classes
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            let function = method.GetCustomAttribute<FunctionAttribute>()
            where function is not null
            select new DeclaredFunction(function.Name, method)];

    public static IReadOnlyList<DeclaredFunction> OfTheApp { get; } = In(typeof(Service).Assembly.GetTypes());

    public T? Trigger<T>() where T : Attribute => Triggers.Select(found => found.Trigger).OfType<T>().FirstOrDefault();

    /// <summary>The entry that the official SDK writes into functions.metadata, by which the runtime knows the function.</summary>
    public JsonObject Metadata() => new()
    {
        ["name"] = Name,
        ["scriptFile"] = $"{Method.DeclaringType!.Assembly.GetName().Name}.dll",
        ["entryPoint"] = $"{Method.DeclaringType.FullName!.Replace('+', '.')}.{Method.Name}",
        ["language"] = "dotnet-isolated",
        ["properties"] = new JsonObject { ["IsCodeless"] = false },
        ["bindings"] = new JsonArray([.. Triggers.Select(found => Binding(found.Parameter, found.Trigger)), .. Output()]),
    };

    private static JsonObject Binding(ParameterInfo parameter, Attribute trigger)
    {
        var binding = new JsonObject { ["name"] = parameter.Name, ["direction"] = "In", ["properties"] = new JsonObject() };
        switch (trigger)
        {
            case HttpTriggerAttribute http:
                binding["type"] = "httpTrigger";
                binding["authLevel"] = $"{http.AuthLevel}";
                binding["methods"] = new JsonArray([.. http.Methods.Select(method => JsonValue.Create(method))]);
                Set(binding, "route", http.Route);
                break;
            case QueueTriggerAttribute queue:
                binding["type"] = "queueTrigger";
                binding["queueName"] = queue.QueueName;
                Set(binding, "connection", queue.Connection);
                Set(binding, "dataType", parameter.ParameterType == typeof(string) ? "String" : null);
                break;
            case TimerTriggerAttribute timer:
                binding["type"] = "timerTrigger";
                binding["schedule"] = timer.Schedule;
                Set(binding, "runOnStartup", timer.RunOnStartup ? true : null);
                Set(binding, "useMonitor", timer.UseMonitor ? null : false);
                break;
        }
        return binding;
    }

    private IEnumerable<JsonObject> Output() =>
        Trigger<HttpTriggerAttribute>() is null ? [] : [new JsonObject { ["name"] = "$return", ["type"] = "http", ["direction"] = "Out" }];

    private static void Set(JsonObject binding, string name, JsonNode? value)
    {
        if (value is not null)
        {
            binding[name] = value;
        }
    }
}
