using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenGov.Functions.Telemetry;

namespace OpenGov.Functions.Architecture.Runtime;

public sealed class CompositionTests
{
    /// <summary>The worker composes the app with a bare web host; what only the host for development brings is missing here as there.</summary>
    [Fact]
    public void Everything_that_the_app_needs_it_brings_or_finds_in_any_host()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://localhost:9",
            ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = $"InstrumentationKey={Guid.Empty};IngestionEndpoint=http://localhost:9/",
            ["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"] = "Authorization=AAD;ClientId=0a1b",
        });
        builder.AddTelemetry();
        Service.AddFeatures(builder.Services);
        foreach (var type in DeclaredFunction.OfTheApp.Select(function => function.Method.DeclaringType!).Where(type => !type.IsAbstract).Distinct())
        {
            builder.Services.AddTransient(type);
        }

        using var services = builder.Services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });

        Assert.NotNull(services);
    }
}
