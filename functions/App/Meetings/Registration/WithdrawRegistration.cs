using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Meetings.Registration;

public enum Withdrawal
{
    /// <summary>The place is free. Also where it was so already.</summary>
    Withdrawn,

    /// <summary>The meeting has begun: nothing of the person is kept, and the count of who came stands.</summary>
    Forgotten,
}

/// <summary>Who cannot come gives the place back, and is forgotten.</summary>
public sealed class WithdrawRegistration(MeetingStore meetings, RegistrationStore store, RecentRegistrations recent, CurrentCycle cycles, Ledger ledger, TimeProvider clock)
{
    private const int MostTries = 60;

    /// <param name="by">The member of staff who was told; null for who withdraws alone.</param>
    public async Task<Withdrawal> RunAsync(string meeting, string code, string? by, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        for (var attempt = 1; attempt <= MostTries; attempt++)
        {
            if (await store.FindAsync(cycle, meeting, code, cancel) is not { } stored || await meetings.FindAsync(cycle, meeting, cancel) is not { } about)
            {
                return Withdrawal.Withdrawn;
            }
            var hasBegun = RegistrationRules.HasBegun(about, clock.GetCurrentInstant(), cycle);
            if (hasBegun && stored.Record.Person is null)
            {
                return Withdrawal.Forgotten;
            }
            var change = new Change(Tables.Meetings, MeetingStore.PartitionOf(cycle))
                .Record(OfficialEvent.Of(hasBegun ? "registration-forgotten" : "registration-withdrawn", meeting, new { stored.Record.Sector, stored.Record.Territory }, by));
            if (hasBegun)
            {
                change.Replace(RegistrationStore.RowOf(meeting, code), stored.Record.Forgotten(), stored.ETag);
            }
            else
            {
                var taken = (await store.FindTakenAsync(cycle, meeting, cancel))!;
                change.Delete(RegistrationStore.RowOf(meeting, code), stored.ETag)
                    .Replace(RegistrationStore.TakenRowOf(meeting), taken.Record with { People = taken.Record.People - 1 }, taken.ETag);
            }
            if (await ledger.CommitAsync(change, cancel) == CommitResult.Committed)
            {
                recent.Forget();
                return hasBegun ? Withdrawal.Forgotten : Withdrawal.Withdrawn;
            }
        }
        throw new InvalidOperationException("A registration could not be withdrawn: too many register at once.");
    }
}
