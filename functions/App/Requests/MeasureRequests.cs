using System.Text.Json;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Telemetry;

namespace OpenGov.Functions.Requests;

public sealed class MeasureRequests(RecentRequests recent, CurrentCycle cycles, Measures measures, TimeProvider clock) : IMeasured
{
    public async Task MeasureAsync(CancellationToken cancel)
    {
        var (cycle, now) = (await cycles.GetAsync(cancel), clock.GetCurrentInstant());
        var counts = (await recent.GetAsync(cycle, cancel)).CountBy(answered => answered.Request.StateAt(now, cycle)).ToDictionary();
        foreach (var state in Enum.GetValues<RequestState>())
        {
            measures.Requests(JsonNamingPolicy.KebabCaseLower.ConvertName($"{state}"), counts.GetValueOrDefault(state));
        }
    }
}
