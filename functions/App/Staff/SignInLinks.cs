using NodaTime;

namespace OpenGov.Functions.Staff;

/// <param name="UsedBy">The session that it opened; null while it may still open one.</param>
public sealed record SignInLink(string Id, Instant IssuedAt, string? UsedBy = null);

/// <summary>The sign-in links of one member of staff in the last hour.</summary>
public sealed record SignInLinks(string Address, IReadOnlyList<SignInLink> Issued)
{
    /// <summary>Links of an hour that nobody used: more are not sent, so that a mailbox is not flooded.</summary>
    public const int MostUnused = 5;

    public static readonly Duration Life = Duration.FromMinutes(15);
    private static readonly Duration Counted = Duration.FromHours(1);

    /// <summary>With one link more, or null where there are too many.</summary>
    public SignInLinks? Issue(string id, Instant now)
    {
        var recent = Issued.Where(link => now - link.IssuedAt < Counted).ToList();
        return recent.Count(link => link.UsedBy is null) < MostUnused ? this with { Issued = [.. recent, new SignInLink(id, now)] } : null;
    }

    /// <summary>With the link used up, or null where it was used, is too old, or was never issued.</summary>
    public SignInLinks? Use(string id, string session, Instant now) =>
        Issued.FirstOrDefault(link => link.Id == id) is { UsedBy: null } found && now - found.IssuedAt < Life
            ? this with { Issued = [.. Issued.Select(link => link == found ? link with { UsedBy = session } : link)] }
            : null;
}

/// <param name="IsThis">The one that looks.</param>
public sealed record OpenSession(Instant SignedInAt, bool IsThis);

/// <param name="SignedInAt">By the system's clock: a domain clock that is set forward in a rehearsal signs nobody out.</param>
public sealed record StaffSession(string Address, Instant SignedInAt)
{
    public static readonly Duration Life = Duration.FromHours(12);

    public bool IsOver(Instant systemNow) => systemNow - SignedInAt >= Life;
}
