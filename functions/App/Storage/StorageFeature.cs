using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenGov.Functions.Telemetry;

namespace OpenGov.Functions.Storage;

public static class StorageFeature
{
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        // A host for development brings a clock of its own.
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton(provider => new StorageClients(provider.GetRequiredService<IConfiguration>()))
            .AddSingleton<OpenWork>()
            .AddSingleton<Ledger>()
            .AddSingleton<Editing>()
            .AddSingleton<Outbox>()
            .AddSingleton<Arrivals>()
            .AddSingleton<WaitingWork>()
            .AddSingleton<FailedWork>()
            .AddSingleton<IMeasured, MeasureWork>()
            .AddHostedService<CreateStorage>()
            .AddSingleton<WakeUp>()
            .AddHostedService(provider => provider.GetRequiredService<WakeUp>());
    }
}
