using Microsoft.Azure.Functions.Worker;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;

namespace OpenGov.Functions.Proposals.Paper;

/// <summary>What was typed from paper forms is not kept longer than it is needed.</summary>
public sealed class ExpireBatches(BatchStore batches, CurrentCycle cycles, TimeProvider clock)
{
    [Function(nameof(ExpireBatches))]
    public async Task Run([TimerTrigger("0 30 7 * * *")] TimerInfo timer, CancellationToken cancel) =>
        await batches.ExpireAsync(await cycles.GetAsync(cancel), clock.GetCurrentInstant(), cancel);
}
