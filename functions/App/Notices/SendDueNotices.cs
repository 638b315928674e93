using Microsoft.Azure.Functions.Worker;

namespace OpenGov.Functions.Notices;

public sealed class SendDueNotices(DueNotices notices)
{
    /// <summary>13:00 UTC is 08:00 in Panama.</summary>
    [Function(nameof(SendDueNotices))]
    public Task Run([TimerTrigger("0 0 13 * * *")] TimerInfo timer, CancellationToken cancel) => notices.SendAsync(cancel);
}
