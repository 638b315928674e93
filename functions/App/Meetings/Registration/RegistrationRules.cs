using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Imports;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Meetings.Registration;

public enum RegistrationState { NotOffered, Open, Full, Begun, Cancelled }

/// <summary>A registration as typed.</summary>
/// <param name="Taken">How the person told staff: "paper" or "phone"; null for who registers without them.</param>
public sealed record TypedRegistration(string? Name, string? Sector, string? Organization, string? Territory, string? Email, bool Consents, bool WantsInvitations, string? Taken = null)
{
    public static TypedRegistration Empty { get; } = new(null, null, null, null, null, false, false);
}

public static class RegistrationRules
{
    public const string ConsentText = "2019-1-registration";
    public const string ConsentTextToStaff = "2019-1-registration-staff";

    /// <summary>How somebody registers with the help of staff.</summary>
    public static IReadOnlyList<string> TakenBy { get; } = ["paper", "phone"];

    /// <param name="taken">Places that are taken.</param>
    /// <param name="byStaff">Who signs in on paper at the door is typed in later.</param>
    public static RegistrationState StateOf(Meeting meeting, int taken, Instant now, Cycle cycle, bool byStaff = false) =>
        meeting.Registration is not { } terms ? RegistrationState.NotOffered
        : meeting.Cancelled is not null ? RegistrationState.Cancelled
        : !byStaff && HasBegun(meeting, now, cycle) ? RegistrationState.Begun
        : taken >= terms.Places ? RegistrationState.Full
        : RegistrationState.Open;

    public static bool HasBegun(Meeting meeting, Instant now, Cycle cycle) => meeting.Starts.InZoneLeniently(cycle.Zone).ToInstant() <= now;

    /// <param name="isStaffs">The form is one of the console's.</param>
    public static (RegistrationDetails? Details, IReadOnlyList<Fault> Faults) Read(TypedRegistration typed, Cycle cycle, bool isStaffs, Instant now)
    {
        var (name, organization) = (PlainText.Line(typed.Name), PlainText.Line(typed.Organization));
        var (territory, mailbox) = (Chosen(typed.Territory), Chosen(typed.Email?.Trim()));
        Fault?[] faults =
        [
            name.Length == 0 ? new Fault("name", "NameMissing") : Line("name", typed.Name!, name),
            typed.Sector is { } sector && Choices.Sectors.Contains(sector) ? null : new Fault("sector", "SectorMissing"),
            Line("organization", typed.Organization ?? "", organization),
            territory is null || cycle.Territories.Any(known => known.Code == territory) ? null : new Fault("territory", "TerritoryUnknown"),
            mailbox is not null ? RowRules.IsMailbox(mailbox) ? null : new Fault("email", "EmailMalformed")
                : typed.WantsInvitations ? new Fault("email", "EmailForInvitations") : null,
            !isStaffs || TakenBy.Contains(typed.Taken) ? null : new Fault("taken", "TakenMissing"),
            typed.Consents ? null : new Fault("consent", "ConsentMissing"),
        ];
        return faults.OfType<Fault>().ToList() is { Count: > 0 } wrong ? (null, wrong)
            : (new RegistrationDetails(name, typed.Sector!, Chosen(organization), territory, mailbox, typed.WantsInvitations,
                new Consent(isStaffs ? ConsentTextToStaff : ConsentText, now, isStaffs ? typed.Taken : null)), []);
    }

    public static IReadOnlyList<Presence> Count(IEnumerable<Registrant> present) =>
        [.. present.CountBy(registrant => (registrant.Sector, registrant.Territory)).Select(group => new Presence(group.Key.Sector, group.Key.Territory, group.Value))
            .OrderBy(group => group.Sector, StringComparer.Ordinal).ThenBy(group => group.Territory, StringComparer.Ordinal)];

    private static Fault? Line(string field, string typed, string line) =>
        typed.AsSpan().Trim().IndexOfAny('\r', '\n') >= 0 ? new Fault(field, "OneLine")
        : line.EnumerateRunes().Count() > Meeting.LineLength ? new Fault(field, "TooLong", Meeting.LineLength)
        : null;

    private static string? Chosen(string? typed) => typed is { Length: > 0 } ? typed : null;
}
