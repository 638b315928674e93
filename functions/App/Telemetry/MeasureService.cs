using Microsoft.Azure.Functions.Worker;

namespace OpenGov.Functions.Telemetry;

/// <summary>Registered by a feature whose state is a figure: it reads the figure and records it.</summary>
public interface IMeasured
{
    Task MeasureAsync(CancellationToken cancel);
}

/// <summary>Takes the figures that no event brings about, such as the age of work that waits.</summary>
public sealed class MeasureService(IEnumerable<IMeasured> measured)
{
    [Function(nameof(MeasureService))]
    public Task Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancel) =>
        Task.WhenAll(measured.Select(figure => figure.MeasureAsync(cancel)));
}
