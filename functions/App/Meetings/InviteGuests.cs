using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Forum;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Liaisons;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Subscriptions;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Meetings;

/// <summary>Whom staff invite.</summary>
/// <param name="Groups">"forum" for its members; "liaisons" for those of the meeting's theme and institution, or of all; "office" for the institution's own; "contacts" for the contact list.</param>
/// <param name="Guests">One to a line.</param>
/// <param name="Sector">Of the contacts; empty for all.</param>
/// <param name="Territory">Of the contacts; empty for all.</param>
public sealed record TypedInvitation(IReadOnlyCollection<string> Groups, string? Guests, string? Sector, string? Territory);

/// <summary>Guests are named in the meeting; contacts stay in their own list, which they may leave at any time.</summary>
public sealed class InviteGuests(
    MeetingStore store, ForumStore forum, InstitutionStore institutions, LiaisonStore liaisons, SubscriptionStore subscriptions, CurrentCycle cycles, MeetingEditing editing, TimeProvider clock)
{
    public const string Contacts = "contacts";

    public async Task<Edited<Meeting>> RunAsync(string code, TypedInvitation typed, string? seen, string by, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        IReadOnlyList<Guest> members = await store.FindAsync(cycle, code, cancel) is { } invited ? await GuestsAsync(invited, typed.Groups, cycle, cancel) : [];
        var (guests, faults) = MeetingRules.ReadGuests(typed.Guests);
        var all = members.Concat(guests).ToList();
        var asksContacts = typed.Groups.Contains(Contacts);
        var part = new InvitedContacts(Chosen(typed.Sector), Chosen(typed.Territory), clock.GetCurrentInstant());
        var contacts = asksContacts ? (await subscriptions.ContactsAsync(cycle, cancel)).Select(one => one.Contact!).Where(part.Includes).ToList() : [];
        return await editing.RunAsync(
            code, seen, by, "meeting-invited",
            meeting => MeetingEditing.Running(meeting,
            [
                .. faults,
                .. asksContacts && contacts.Count == 0 ? [new Fault("contact-sector", "NoContacts")] : Array.Empty<Fault>(),
                .. all.Count == 0 && !asksContacts ? [new Fault("guests", "NobodyInvited")] : Array.Empty<Fault>(),
                .. MeetingRules.With(meeting.Guests, all).Count > Meeting.MostGuests ? [new Fault("guests", "TooManyGuests", Meeting.MostGuests)] : Array.Empty<Fault>(),
            ]),
            meeting => meeting with
            {
                Guests = MeetingRules.With(meeting.Guests, all),
                Contacts = Newcomers(meeting, contacts) > 0 ? [.. meeting.Contacts, part] : meeting.Contacts,
            },
            meeting => new { Guests = meeting.Guests.Count, Contacts = contacts.Count }, cancel);
    }

    /// <summary>Those whom no invitation of before included.</summary>
    private static int Newcomers(Meeting meeting, IEnumerable<Contact> contacts) => contacts.Count(contact => !meeting.Contacts.Any(part => part.Includes(contact)));

    private async Task<IReadOnlyList<Guest>> GuestsAsync(Meeting meeting, IReadOnlyCollection<string> groups, Cycle cycle, CancellationToken cancel)
    {
        var guests = new List<Guest>();
        if (groups.Contains("forum"))
        {
            guests.AddRange((await forum.ListAsync(cycle, cancel)).Select(member => new Guest(member.Name, member.Mailbox)));
        }
        if (groups.Contains("liaisons"))
        {
            guests.AddRange((await liaisons.ListAsync(cycle, cancel))
                .Where(liaison => (meeting.Theme is null || liaison.Theme == meeting.Theme) && (meeting.Institution is null || liaison.Institution == meeting.Institution))
                .SelectMany(liaison => new[] { liaison.Principal, liaison.Alternate }).Select(person => new Guest(person.Name, person.Mailbox)));
        }
        if (groups.Contains("office") && meeting.Institution is { } code && await institutions.FindAsync(cycle, code, cancel) is { } institution)
        {
            guests.Add(new Guest(institution.Office.Holder ?? institution.Office.Title, institution.Office.Mailbox));
        }
        return guests;
    }

    private static string? Chosen(string? typed) => typed is { Length: > 0 } ? typed : null;
}
