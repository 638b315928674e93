using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenGov.LocalHost;

namespace Microsoft.Azure.Functions.Worker.Builder;

public static class FunctionsApplication
{
    public static FunctionsApplicationBuilder CreateBuilder(string[] args)
    {
        var caller = Assembly.GetCallingAssembly();
        try
        {
            return new FunctionsApplicationBuilder(args, caller);
        }
        catch (StartException cannotStart) when (Assembly.GetEntryAssembly() == caller)
        {
            Console.Error.WriteLine(cannotStart.Message);
            System.Environment.Exit(1);
            throw;
        }
    }
}

public sealed class FunctionsApplicationBuilder : IHostApplicationBuilder
{
    private readonly WebApplicationBuilder web;

    internal FunctionsApplicationBuilder(string[] args, Assembly functions) => web = LocalMachine.Prepare(args, functions);

    public IServiceCollection Services => web.Services;

    public IConfigurationManager Configuration => web.Configuration;

    public IHostEnvironment Environment => web.Environment;

    public ILoggingBuilder Logging => web.Logging;

    public IMetricsBuilder Metrics => web.Metrics;

    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)web).Properties;

    public void ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null) where TContainerBuilder : notnull =>
        ((IHostApplicationBuilder)web).ConfigureContainer(factory, configure);

    public IHost Build() => LocalMachine.Complete(web);
}

public static class FunctionsWebApplicationExtensions
{
    /// <summary>Nothing to do: this host serves HTTP functions through ASP.NET Core in any case.</summary>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder) => builder;
}
