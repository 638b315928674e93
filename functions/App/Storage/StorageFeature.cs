namespace OpenGov.Functions.Storage;

public static class StorageFeature
{
    public static IServiceCollection AddStorage(this IServiceCollection services) => services
        .AddSingleton(provider => new StorageClients(provider.GetRequiredService<IConfiguration>()))
        .AddSingleton<OpenWork>()
        .AddSingleton<Ledger>()
        .AddSingleton<Editing>()
        .AddSingleton<Outbox>()
        .AddSingleton<WaitingWork>()
        .AddSingleton<FailedWork>()
        .AddHostedService<CreateStorage>()
        .AddSingleton<WakeUp>()
        .AddHostedService(provider => provider.GetRequiredService<WakeUp>());
}
