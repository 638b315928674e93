using Microsoft.AspNetCore.Http;

namespace Microsoft.Azure.Functions.Worker;

public abstract class FunctionDefinition
{
    public abstract string Name { get; }
}

public abstract class FunctionContext
{
    public abstract string InvocationId { get; }
    public abstract FunctionDefinition FunctionDefinition { get; }
    public abstract IServiceProvider InstanceServices { get; set; }
    public abstract IDictionary<object, object> Items { get; set; }
    public virtual CancellationToken CancellationToken { get; }
}

public abstract class InvocationResult<T>
{
    public abstract T? Value { get; set; }
}

public abstract class InvocationResult : InvocationResult<object>;

public static class FunctionContextBindingFeatureExtensions
{
    internal static readonly object ResultKey = new();

    public static InvocationResult GetInvocationResult(this FunctionContext context) => (InvocationResult)context.Items[ResultKey];
}

public static class FunctionContextExtensions
{
    internal static readonly object HttpContextKey = new();

    /// <summary>Null where the function was not triggered by HTTP.</summary>
    public static HttpContext? GetHttpContext(this FunctionContext context) =>
        context.Items.TryGetValue(HttpContextKey, out var http) ? (HttpContext)http : null;
}
