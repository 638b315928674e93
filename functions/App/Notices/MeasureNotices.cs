using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Telemetry;

namespace OpenGov.Functions.Notices;

public sealed class MeasureNotices(NoticeStore store, CurrentCycle cycles, Measures measures, TimeProvider clock) : IMeasured
{
    private static readonly Duration TimeToSend = Duration.FromHours(1);

    public async Task MeasureAsync(CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var late = await store.DueAsync(cycle.Id, NoticePlanner.LastSendDay(cycle, clock.GetCurrentInstant() - TimeToSend), cancel);
        measures.NoticesLate(late.Count);
    }
}
