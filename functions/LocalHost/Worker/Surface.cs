#pragma warning disable
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker
{
    public abstract class FunctionDefinition { public abstract string Name { get; } }

    public abstract class FunctionContext
    {
        public abstract string InvocationId { get; }
        public abstract FunctionDefinition FunctionDefinition { get; }
        public abstract IServiceProvider InstanceServices { get; set; }
        public abstract IDictionary<object, object> Items { get; set; }
        public virtual CancellationToken CancellationToken { get; }
    }

    public abstract class InvocationResult { public virtual object? Value { get; set; } }

    public static class FunctionContextExtensions
    {
        public static HttpContext? GetHttpContext(this FunctionContext context) => null;
        public static InvocationResult GetInvocationResult(this FunctionContext context) => throw new NotImplementedException();
    }
}

namespace Microsoft.Azure.Functions.Worker.Middleware
{
    public delegate Task FunctionExecutionDelegate(FunctionContext context);

    public interface IFunctionsWorkerMiddleware { Task Invoke(FunctionContext context, FunctionExecutionDelegate next); }
}

namespace Microsoft.Azure.Functions.Worker.Builder
{
    public static class FunctionsApplication { public static FunctionsApplicationBuilder CreateBuilder(string[] args) => throw new NotImplementedException(); }

    public sealed class FunctionsApplicationBuilder
    {
        public IServiceCollection Services => throw new NotImplementedException();
        public IHost Build() => throw new NotImplementedException();
    }

    public static class Web { public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder) => builder; }
}

namespace Microsoft.Extensions.Hosting
{
    using Microsoft.Azure.Functions.Worker.Builder;
    using Microsoft.Azure.Functions.Worker.Middleware;

    public static class M { public static FunctionsApplicationBuilder UseMiddleware<T>(this FunctionsApplicationBuilder builder) where T : class, IFunctionsWorkerMiddleware => builder; }
}
