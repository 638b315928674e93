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
        return CreateBuilder(args, caller.GetTypes(), ownsProcess: Assembly.GetEntryAssembly() == caller);
    }

    /// <summary>A host of the functions of some classes.</summary>
    internal static FunctionsApplicationBuilder CreateBuilder(string[] args, IReadOnlyList<Type> classes, bool ownsProcess)
    {
        try
        {
            return new FunctionsApplicationBuilder(args, classes, ownsProcess);
        }
        catch (StartException cannotStart)
        {
            cannotStart.EndIf(ownsProcess);
            throw;
        }
    }
}

public sealed class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly WebApplicationBuilder web;
    private readonly bool ownsProcess;

    internal FunctionsApplicationBuilder(string[] args, IReadOnlyList<Type> classes, bool ownsProcess)
    {
        this.ownsProcess = ownsProcess;
        web = LocalMachine.Prepare(args, classes);
    }

    public IServiceCollection Services => web.Services;

    public ConfigurationManager Configuration => web.Configuration;

    IConfigurationManager IHostApplicationBuilder.Configuration => web.Configuration;

    public IHostEnvironment Environment => web.Environment;

    public ILoggingBuilder Logging => web.Logging;

    public IMetricsBuilder Metrics => web.Metrics;

    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)web).Properties;

    public void ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null) where TContainerBuilder : notnull =>
        ((IHostApplicationBuilder)web).ConfigureContainer(factory, configure);

    public IHost Build() => LocalMachine.Complete(web, ownsProcess);
}

public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    /// <summary>Nothing to do: this host serves HTTP functions through ASP.NET Core in any case.</summary>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder) => builder;
}
