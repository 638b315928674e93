using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace OpenGov.LocalHost;

internal sealed record MiddlewareRegistration(Type Type);

/// <summary>A method with <c>[Function]</c> and the one trigger among its parameters.</summary>
internal sealed record LocalFunction(string Name, MethodInfo Method, Attribute Trigger)
{
    public static IReadOnlyList<LocalFunction> FindIn(IEnumerable<Type> classes) =>
        [.. classes
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Select(method => (Method: method, Function: method.GetCustomAttribute<FunctionAttribute>()))
            .Where(found => found.Function is not null)
            .Select(found => new LocalFunction(found.Function!.Name, found.Method, TriggerOf(found.Method)))
            .OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase)];

    private static Attribute TriggerOf(MethodInfo method) =>
        method.GetParameters()
            .SelectMany(parameter => parameter.GetCustomAttributes())
            .FirstOrDefault(attribute => attribute is HttpTriggerAttribute or QueueTriggerAttribute or TimerTriggerAttribute)
        ?? throw new StartException($"Function {method.DeclaringType!.Name}.{method.Name} has no trigger among its parameters.");
}

/// <summary>All functions of the app, in the order in which the runtime matches them.</summary>
internal sealed record FunctionCatalog(IReadOnlyList<LocalFunction> All)
{
    public IEnumerable<(LocalFunction Function, T Trigger)> With<T>() where T : Attribute =>
        All.Where(function => function.Trigger is T).Select(function => (function, (T)function.Trigger));
}

/// <summary>What keeps the host from starting; its message is one line that says what to do.</summary>
internal sealed class StartException(string message) : Exception(message)
{
    /// <summary>Ends the process with that line, where the process is there for this host alone.</summary>
    internal void EndIf(bool ownsProcess)
    {
        if (ownsProcess)
        {
            Console.Error.WriteLine(Message);
            Environment.Exit(1);
        }
    }
}
