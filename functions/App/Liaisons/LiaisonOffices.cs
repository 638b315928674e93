using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Liaisons;

/// <summary>
/// Liaisons as offices: what is asked of one passes to whoever takes the place. Where none is named, the authority is
/// asked.
/// </summary>
public sealed class LiaisonOffices(LiaisonStore store, InstitutionStore institutions) : IAddressees
{
    public const string Name = "liaison";
    private const string Title = "Enlace institucional";

    public string Group => Name;

    public async Task<IReadOnlyList<Addressee>> ListAsync(Cycle cycle, CancellationToken cancel)
    {
        var byCode = (await institutions.ListAsync(cycle, cancel)).ToDictionary(institution => institution.Code);
        return [.. (await store.ListAsync(cycle, cancel)).Where(liaison => byCode.ContainsKey(liaison.Institution)).Select(liaison => Of(liaison, byCode[liaison.Institution]))];
    }

    public async Task<Addressee?> FindAsync(Cycle cycle, string institution, string? seat, CancellationToken cancel) =>
        await institutions.FindAsync(cycle, institution, cancel) is not { } found ? null
        : seat is not null && await store.FindAsync(cycle, institution, seat, cancel) is { } liaison ? Of(liaison, found)
        : Authorities.Of(found) with { Seat = seat };

    private static Addressee Of(Liaison liaison, Institution institution) => new(
        liaison.Institution, institution.Name, new Office(Title, liaison.Principal.Mailbox, liaison.Principal.Name, Term: liaison.Term), institution.SecretariatMailbox, liaison.Theme);
}

/// <summary>Liaisons read the notices of the activities in which they work, and of every change of the chronogram.</summary>
public sealed class LiaisonAudience(LiaisonStore store) : IActivityAudience, IAudience
{
    public string Name => "liaisons";

    public async Task<IReadOnlyList<Reader>> ReadersAsync(Cycle cycle, CancellationToken cancel) => [.. (await store.ListAsync(cycle, cancel))
        .SelectMany(liaison => new[] { liaison.Principal.Mailbox, liaison.Alternate.Mailbox })
        .Distinct(StringComparer.OrdinalIgnoreCase).Select(mailbox => new Reader(mailbox, Language.Spanish))];

    public Task<IReadOnlyList<Reader>> ReadersAsync(Cycle cycle, Rebaselining change, CancellationToken cancel) => ReadersAsync(cycle, cancel);
}
