using OpenGov.Functions.Cycles;
using OpenGov.Functions.Imports;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Subscriptions;

/// <summary>The form as typed.</summary>
public sealed record TypedSubscription(string? Email, bool Notices, bool Invitations, string? Name, string? Organization, string? Sector, string? Territory)
{
    public static TypedSubscription Empty { get; } = new(null, false, false, null, null, null, null);
}

public static class SubscriptionRules
{
    public const int LineLength = 200;

    /// <summary>What of one's own may be said is asked for the invitations alone, and kept for them alone.</summary>
    public static (Wanted? Wanted, IReadOnlyList<Fault> Faults) Read(TypedSubscription typed, Cycle cycle)
    {
        var (name, organization) = (PlainText.Line(typed.Name), PlainText.Line(typed.Organization));
        var (sector, territory) = (Chosen(typed.Sector), Chosen(typed.Territory));
        Fault?[] faults =
        [
            RowRules.IsMailbox(typed.Email?.Trim() ?? "") ? null : new Fault("email", "EmailMalformed"),
            typed.Notices || typed.Invitations ? null : new Fault("consent", "ConsentMissing"),
            Long("name", name),
            Long("organization", organization),
            sector is null || Choices.Sectors.Contains(sector) ? null : new Fault("sector", "SectorUnknown"),
            territory is null || cycle.Territories.Any(known => known.Code == territory) ? null : new Fault("territory", "TerritoryUnknown"),
        ];
        return faults.OfType<Fault>().ToList() is { Count: > 0 } wrong
            ? (null, wrong)
            : (new Wanted(typed.Notices, typed.Invitations ? new ContactDetails(Chosen(name), Chosen(organization), sector, territory) : null), []);
    }

    private static Fault? Long(string field, string line) => line.EnumerateRunes().Count() > LineLength ? new Fault(field, "TooLong", LineLength) : null;

    private static string? Chosen(string? typed) => typed is { Length: > 0 } ? typed : null;
}
