using Microsoft.Extensions.DependencyInjection;
using OpenGov.Functions.Telemetry;

namespace OpenGov.Functions.Storage;

/// <summary>Hands effects of a kind on to a queue, whose function does the work.</summary>
public sealed class QueueWork(string kind, string queue, StorageClients storage) : IEffectHandler
{
    public string Kind => kind;

    public async Task<EffectOutcome> HandleAsync(Effect effect, CancellationToken cancel)
    {
        await storage.Queue(queue).SendMessageAsync(WorkMessage.Of(effect.Payload, Traces.Current), cancellationToken: cancel);
        return EffectOutcome.Done;
    }
}

public static class QueuedWork
{
    public static IServiceCollection AddQueuedWork(this IServiceCollection services, string kind, string queue) =>
        services.AddSingleton<IEffectHandler>(built => new QueueWork(kind, queue, built.GetRequiredService<StorageClients>()));
}
