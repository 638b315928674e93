using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Subscriptions;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Meetings.Registration;

/// <summary>What became of a registration that was sent.</summary>
public abstract record Registering
{
    /// <summary>Also where the same was accepted before.</summary>
    public sealed record Accepted(Registrant Registrant) : Registering;

    public sealed record Refused(RegistrationState State) : Registering;

    public sealed record Invalid(IReadOnlyList<Fault> Faults) : Registering;

    /// <summary>The form was accepted before, with other words in it.</summary>
    public sealed record SentOtherwise : Registering;

    /// <summary>Too many register at once.</summary>
    public sealed record Busy : Registering;

    public sealed record Unknown : Registering;
}

/// <summary>
/// Gives places. A registration is accepted only on the meeting and on the count of its places as they were read:
/// of two who want the last place one gets it, and nobody registers for what was cancelled meanwhile.
/// </summary>
public sealed class RegisterForMeeting(
    MeetingStore meetings, RegistrationStore store, RegistrationKeys keys, RecentRegistrations recent, CurrentCycle cycles, Ledger ledger, TimeProvider clock)
{
    private const int MostTries = 60;
    private const int LongestWait = 250;

    /// <summary>Whoever types an address into the form cannot flood its mailbox.</summary>
    private const int MostConfirmations = 3;

    /// <param name="form">The key of the form's ticket: a form that is sent again is one registration.</param>
    /// <param name="by">The member of staff who typed it in; null for who registers alone.</param>
    public async Task<Registering> RunAsync(string meeting, TypedRegistration typed, string form, string? by, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var (details, faults) = RegistrationRules.Read(typed, cycle, by is not null, clock.GetCurrentInstant());
        for (var attempt = 1; attempt <= MostTries; attempt++)
        {
            if (await meetings.FindStoredAsync(cycle, meeting, cancel) is not { } stored)
            {
                return new Registering.Unknown();
            }
            if (details is null)
            {
                return new Registering.Invalid(faults);
            }
            if (await TryAsync(cycle, stored, details, form, by, cancel) is { } answer)
            {
                recent.Forget();
                return answer;
            }
            await Task.Delay(Random.Shared.Next(Math.Min(attempt * 10, LongestWait)), cancel);
        }
        return new Registering.Busy();
    }

    /// <summary>Null where somebody else was faster.</summary>
    private async Task<Registering?> TryAsync(Cycle cycle, Stored<Meeting> stored, RegistrationDetails details, string form, string? by, CancellationToken cancel)
    {
        var (meeting, now, mark) = (stored.Record, clock.GetCurrentInstant(), keys.FormOf(form));
        var (code, there) = await FindAsync(cycle, meeting.Code, keys.KeyOf(cycle, meeting.Code, details.Mailbox, form), cancel);
        if (there is { Record: var same } && same.Forms.Contains(mark))
        {
            return same.IsOf(details) ? new Registering.Accepted(same) : new Registering.SentOtherwise();
        }
        var taken = await store.FindTakenAsync(cycle, meeting.Code, cancel);
        if (RegistrationRules.StateOf(meeting, taken?.Record.People ?? 0, now, cycle, by is not null) is not RegistrationState.Open and var state)
        {
            // Also for a mailbox that has its place: the page says nothing of it.
            return new Registering.Refused(state);
        }
        if (there is { Record: var known })
        {
            // It keeps what it said first; its mailbox hears again that it has its place.
            var again = known with { Forms = [.. known.Forms, mark] };
            return known.Forms.Count >= MostConfirmations ? new Registering.Accepted(known)
                : await CommitAsync(ChangeOf(cycle).Replace(RegistrationStore.RowOf(meeting.Code, code), again, there.ETag).Then(Told(cycle, meeting, again, details, mark, now)), again, cancel);
        }
        var registrant = new Registrant(code, meeting.Code, keys.KeyOf(cycle, meeting.Code, details.Mailbox, form), details.Sector, details.Territory, now, meeting.Sequence)
        {
            Person = new RegisteredPerson(details.Name, details.Organization, details.Mailbox, Language.Current, details.Consent),
            Forms = [mark],
        };
        var row = RegistrationStore.TakenRowOf(meeting.Code);
        var change = ChangeOf(cycle).Replace(MeetingStore.RowOf(meeting.Code), meeting, stored.ETag).Add(RegistrationStore.RowOf(meeting.Code, code), registrant);
        change = taken is null ? change.Add(row, new TakenPlaces(meeting.Code, 1)) : change.Replace(row, taken.Record with { People = taken.Record.People + 1 }, taken.ETag);
        return await CommitAsync(
            change.Record(OfficialEvent.Of("meeting-registered", meeting.Code, new { registrant.Sector, registrant.Territory, ConsentText = details.Consent.TextVersion, details.Consent.Evidence }, by))
                .Then(Told(cycle, meeting, registrant, details, mark, now)),
            registrant, cancel);
    }

    private async Task<Registering?> CommitAsync(Change change, Registrant registrant, CancellationToken cancel) =>
        await ledger.CommitAsync(change, cancel) == CommitResult.Committed ? new Registering.Accepted(registrant) : null;

    private static IEnumerable<Effect> Told(Cycle cycle, Meeting meeting, Registrant registrant, RegistrationDetails details, string mark, Instant now)
    {
        if (details.Mailbox is not { } mailbox)
        {
            yield break;
        }
        yield return MailEffect.Send(
            $"registration!{cycle.Id}!{meeting.Code}!{registrant.Code}!{mark}", RegistrationMail.Name, mailbox, registrant.Person!.Language,
            new RegistrationMail.Model(meeting.Code, registrant.Code, meeting.Sequence, IsNew: true));
        if (details.WantsInvitations)
        {
            yield return AskContact.EffectOf(new AskContact.Wish(mailbox, Language.Current, new ContactDetails(details.Name, details.Organization, details.Sector, details.Territory), now));
        }
    }

    /// <summary>The row of the key, or the code that is free for it.</summary>
    private async Task<(string Code, Stored<Registrant>? There)> FindAsync(Cycle cycle, string meeting, string key, CancellationToken cancel)
    {
        for (var attempt = 0; ; attempt++)
        {
            var code = keys.CodeFor(key, attempt);
            if (await store.FindAsync(cycle, meeting, code, cancel) is not { } there)
            {
                return (code, null);
            }
            if (there.Record.Key == key)
            {
                return (code, there);
            }
        }
    }

    private static Change ChangeOf(Cycle cycle) => new(Tables.Meetings, MeetingStore.PartitionOf(cycle));
}
