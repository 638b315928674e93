using OpenGov.Functions.Telemetry;

namespace OpenGov.Functions.Storage;

public static class StorageFeature
{
    public static IServiceCollection AddStorage(this IServiceCollection services) => services
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
