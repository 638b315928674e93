using OpenGov.Functions.Cycles;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Meetings.Registration;

/// <summary>Registrations, each a row, and the count of a meeting's, in the partition of the meeting's own row.</summary>
public sealed class RegistrationStore(StorageClients storage)
{
    private const string RowPrefix = "A!";
    private const string TakenPrefix = "N!";

    /// <summary>In the order of their registering.</summary>
    public async Task<IReadOnlyList<Registrant>> ListAsync(Cycle cycle, string meeting, CancellationToken cancel) =>
        [.. (await Document.ReadAllAsync<Registrant>(storage.Table(Tables.Meetings), MeetingStore.PartitionOf(cycle), RowOf(meeting, ""), cancel)).OrderBy(registrant => registrant.At)];

    /// <summary>Those who left a mailbox, and are not told as guests already.</summary>
    public async Task<IReadOnlyList<Registrant>> ToTellAsync(Cycle cycle, Meeting meeting, CancellationToken cancel)
    {
        var guests = meeting.Guests.Select(guest => guest.Mailbox).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. (await ListAsync(cycle, meeting.Code, cancel)).Where(registrant => registrant.Person?.Mailbox is { } mailbox && !guests.Contains(mailbox))];
    }

    /// <summary>Places that are taken, by the meeting's code.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountAsync(Cycle cycle, CancellationToken cancel) =>
        (await Document.ReadAllAsync<TakenPlaces>(storage.Table(Tables.Meetings), MeetingStore.PartitionOf(cycle), TakenPrefix, cancel)).ToDictionary(taken => taken.Meeting, taken => taken.People);

    internal Task<Stored<Registrant>?> FindAsync(Cycle cycle, string meeting, string code, CancellationToken cancel) =>
        Document.FindAsync<Registrant>(storage.Table(Tables.Meetings), MeetingStore.PartitionOf(cycle), RowOf(meeting, code), cancel);

    internal Task<Stored<TakenPlaces>?> FindTakenAsync(Cycle cycle, string meeting, CancellationToken cancel) =>
        Document.FindAsync<TakenPlaces>(storage.Table(Tables.Meetings), MeetingStore.PartitionOf(cycle), TakenRowOf(meeting), cancel);

    internal static string RowOf(string meeting, string code) => $"{RowPrefix}{meeting}!{code}";

    internal static string TakenRowOf(string meeting) => TakenPrefix + meeting;
}

/// <summary>The public pages' copy of how many places are taken, a few seconds old.</summary>
public sealed class RecentRegistrations(RegistrationStore store, CurrentCycle cycles)
{
    private readonly RecentByCycle<IReadOnlyDictionary<string, int>> recent = new(cycles, store.CountAsync);

    public ValueTask<IReadOnlyDictionary<string, int>> GetAsync(CancellationToken cancel) => recent.GetAsync(cancel);

    public ValueTask<IReadOnlyDictionary<string, int>> GetAsync(Cycle cycle, CancellationToken cancel) => recent.GetAsync(cycle, cancel);

    public void Forget() => recent.Forget();
}
