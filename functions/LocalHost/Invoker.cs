using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;

namespace OpenGov.LocalHost;

/// <summary>Runs a function within the app's middleware, in a scope of its own.</summary>
internal sealed class Invoker(IServiceProvider services, IEnumerable<MiddlewareRegistration> middleware) : IDisposable
{
    private readonly CancellationTokenSource givingUp = new();
    private readonly MiddlewareRegistration[] middleware = [.. middleware];
    private int running;
    private int begun;

    /// <summary>Queue and timer functions in hand; HTTP functions are the web server's to count.</summary>
    public int Running => Volatile.Read(ref running);

    /// <summary>How many of these ever began.</summary>
    public int Begun => Volatile.Read(ref begun);

    /// <summary>Cancelled when the host stops and work in hand has had its time.</summary>
    public CancellationToken GivingUp => givingUp.Token;

    public Task GiveUpAsync() => givingUp.CancelAsync();

    public void Dispose() => givingUp.Dispose();

    /// <param name="bind">The value of each parameter.</param>
    /// <returns>What the function returned, or what middleware put in its place.</returns>
    public async Task<object?> InvokeAsync(LocalFunction function, HttpContext? http, Func<ParameterInfo, FunctionContext, object?> bind, CancellationToken cancel)
    {
        if (http is null)
        {
            Interlocked.Increment(ref running);
            Interlocked.Increment(ref begun);
        }
        try
        {
            await using var scope = services.CreateAsyncScope();
            var context = new LocalContext(function.Name, scope.ServiceProvider, cancel);
            using var activity = Invocations.Start(function.Name, context.InvocationId, http);
            var result = new LocalResult();
            context.Items[FunctionContextBindingFeatureExtensions.ResultKey] = result;
            if (http is not null)
            {
                http.RequestServices = scope.ServiceProvider;
                context.Items[FunctionContextExtensions.HttpContextKey] = http;
            }
            FunctionExecutionDelegate pipeline = async current => result.Value = await CallAsync(function, current, bind);
            foreach (var registered in middleware.Reverse())
            {
                var next = pipeline;
                var step = (IFunctionsWorkerMiddleware)scope.ServiceProvider.GetRequiredService(registered.Type);
                pipeline = current => step.Invoke(current, next);
            }
            await pipeline(context);
            // The runtime executes the result outside all middleware.
            if (http is not null && result.Value is IResult answer)
            {
                await answer.ExecuteAsync(http);
            }
            return result.Value;
        }
        finally
        {
            if (http is null)
            {
                Interlocked.Decrement(ref running);
            }
        }
    }

    private static async Task<object?> CallAsync(LocalFunction function, FunctionContext context, Func<ParameterInfo, FunctionContext, object?> bind)
    {
        var instance = function.Method.IsStatic ? null : ActivatorUtilities.CreateInstance(context.InstanceServices, function.Method.DeclaringType!);
        var arguments = function.Method.GetParameters().Select(parameter =>
            parameter.ParameterType == typeof(CancellationToken) ? context.CancellationToken
            : parameter.ParameterType == typeof(FunctionContext) ? context
            : bind(parameter, context)).ToArray();
        var returned = function.Method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        if (returned is not Task task)
        {
            return returned;
        }
        await task;
        return task.GetType() is { IsGenericType: true } type && type.GetProperty("Result") is { } value && value.PropertyType.Name != "VoidTaskResult"
            ? value.GetValue(task)
            : null;
    }

    private sealed class LocalContext(string name, IServiceProvider services, CancellationToken cancel) : FunctionContext
    {
        public override string InvocationId { get; } = Guid.NewGuid().ToString();
        public override FunctionDefinition FunctionDefinition { get; } = new LocalDefinition(name);
        public override IServiceProvider InstanceServices { get; set; } = services;
        public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();
        public override CancellationToken CancellationToken { get; } = cancel;
    }

    private sealed class LocalDefinition(string name) : FunctionDefinition
    {
        public override string Name { get; } = name;
    }

    private sealed class LocalResult : InvocationResult
    {
        public override object? Value { get; set; }
    }
}
