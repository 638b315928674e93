using System.Globalization;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Staff.Lists;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Staff.Work;

/// <param name="Waiting">How many were put aside from each queue that has any: of a long one the list shows the first.</param>
public sealed record FailedWorkModel(ListView<FailedMessage> List, IReadOnlyDictionary<string, int> Waiting);

public sealed class FailedWorkDesk(FailedWork failed, WaitingWork work) : IStaffList
{
    public string Name => "work";

    public StaffRole Reads => StaffRole.Organiser;

    public async Task<FailedWorkModel> ReadAsync(ListQuery asked, CancellationToken cancel)
    {
        var messages = await failed.ListAsync(cancel);
        var poison = (await work.LookAsync(cancel)).Poison;
        return new FailedWorkModel(
            ListView.Of(Shape, messages, asked),
            messages.CountBy(message => message.Queue).ToDictionary(queue => queue.Key, queue => Math.Max(queue.Value, poison.GetValueOrDefault(queue.Key))));
    }

    async Task<ListView> IStaffList.ReadAsync(ListQuery asked, CancellationToken cancel) => (await ReadAsync(asked, cancel)).List;

    private ListShape<FailedMessage> Shape => new(
        Name, "/staff/work",
        message => $"{message.Queue} {message.Text}",
        [new("queue", [.. Queues.All.Select(queue => (queue, queue))], message => message.Queue)],
        [ListOrder.By("oldest", (FailedMessage message) => message.At), ListOrder.Down("newest", (FailedMessage message) => message.At)],
        [
            new("queue", message => message.Queue),
            new("day", message => message.At?.ToString("u", CultureInfo.InvariantCulture)),
            new("text", message => message.Text),
        ]);
}
