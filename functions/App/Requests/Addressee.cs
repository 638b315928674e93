using OpenGov.Functions.Cycles;
using OpenGov.Functions.Imports;
using OpenGov.Functions.Institutions;

namespace OpenGov.Functions.Requests;

/// <summary>Who is asked: an office, whoever holds it.</summary>
/// <param name="Institution">Code of the institution, or of the member of the forum.</param>
/// <param name="SecretariatMailbox">To which what is not answered is elevated; null where there is none.</param>
/// <param name="Seat">Which office it is: null for the authority, the theme's code for a liaison.</param>
/// <param name="IsChanging">A change of holder is announced: what is asked waits.</param>
public sealed record Addressee(string Institution, string Name, Office Office, string? SecretariatMailbox = null, string? Seat = null, bool IsChanging = false)
{
    /// <summary>It has a mailbox: without one no nota can be sent, and nobody could confirm its answer.</summary>
    public bool CanBeReached => RowRules.IsMailbox(Office.Mailbox);
}

/// <summary>A group of those who can be asked. A kind of request names its group.</summary>
public interface IAddressees
{
    string Group { get; }

    Task<IReadOnlyList<Addressee>> ListAsync(Cycle cycle, CancellationToken cancel);

    /// <summary>Null where it is not, or no longer, of the group.</summary>
    Task<Addressee?> FindAsync(Cycle cycle, string institution, string? seat, CancellationToken cancel);
}

/// <summary>The highest authorities of the institutions.</summary>
public sealed class Authorities(InstitutionStore institutions) : IAddressees
{
    public string Group => OfficeChanged.Authorities;

    public async Task<IReadOnlyList<Addressee>> ListAsync(Cycle cycle, CancellationToken cancel) =>
        [.. (await institutions.ListAsync(cycle, cancel)).Select(Of)];

    public async Task<Addressee?> FindAsync(Cycle cycle, string institution, string? seat, CancellationToken cancel) =>
        await institutions.FindAsync(cycle, institution, cancel) is { } found ? Of(found) : null;

    public static Addressee Of(Institution institution) =>
        new(institution.Code, institution.Name, institution.Office, institution.SecretariatMailbox is { Length: > 0 } secretariat ? secretariat : null, IsChanging: institution.Announced is not null);
}

public sealed class Addressees(IEnumerable<IAddressees> groups, RequestKinds kinds)
{
    private readonly Dictionary<string, IAddressees> byName = groups.ToDictionary(group => group.Group);

    public Task<IReadOnlyList<Addressee>> ListAsync(IRequestKind kind, Cycle cycle, CancellationToken cancel) => byName[kind.Asks].ListAsync(cycle, cancel);

    /// <summary>As the office is now.</summary>
    public Task<Addressee?> FindAsync(OfficialRequest request, Cycle cycle, CancellationToken cancel) =>
        FindAsync(kinds.Of(request), request.Institution, request.Seat, cycle, cancel);

    public Task<Addressee?> FindAsync(IRequestKind kind, string institution, string? seat, Cycle cycle, CancellationToken cancel) =>
        byName[kind.Asks].FindAsync(cycle, institution, seat, cancel);
}
