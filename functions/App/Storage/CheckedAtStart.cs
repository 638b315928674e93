namespace OpenGov.Functions.Storage;

/// <summary>Settings that are built when the host starts: what is malformed stops the start, and not the first request.</summary>
public sealed class CheckedAtStart<T>(T settings) : IHostedService where T : class
{
    public T Settings { get; } = settings;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

public static class CheckedAtStart
{
    public static IServiceCollection AddCheckedAtStart<T>(this IServiceCollection services) where T : class => services
        .AddSingleton<T>()
        .AddHostedService<CheckedAtStart<T>>();
}
