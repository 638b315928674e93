using OpenGov.Functions.Telemetry;

namespace OpenGov.Functions.Storage;

public sealed class MeasureWork(WaitingWork work, Measures measures) : IMeasured
{
    public async Task MeasureAsync(CancellationToken cancel)
    {
        var report = await work.LookAsync(cancel);
        measures.OutboxAge(report.Oldest);
        foreach (var (queue, count) in report.Poison)
        {
            measures.QueuePoison(queue, count);
        }
    }
}
