using NodaTime;
using OpenGov.Functions.Requests;

namespace OpenGov.Functions.Liaisons;

/// <summary>Who works for an institution on a theme, as its authority designated. Names are public, mailboxes are not.</summary>
/// <param name="Institution">Its code.</param>
/// <param name="Theme">The theme's code.</param>
/// <param name="Nota">The id of the nota whose answer names them.</param>
/// <param name="Term">Raised when another person, or another mailbox, takes the principal's place: what is asked follows.</param>
public sealed record Liaison(string Institution, string Theme, LiaisonPerson Principal, LiaisonPerson Alternate, string Nota, int Term, Instant Since);

/// <param name="Office">"Directora de Planificación".</param>
public sealed record LiaisonPerson(string Name, string Office, string Mailbox);

/// <summary>What the institutions' answers say of their liaisons.</summary>
public static class LiaisonRules
{
    /// <summary>The liaisons of one institution: of each theme, what the last nota's standing answer says.</summary>
    /// <param name="answered">Its notas of designation.</param>
    public static IReadOnlyList<Liaison> Designated(IEnumerable<AnsweredRequest> answered) =>
    [
        .. answered.Where(nota => nota.Answer is not null).OrderBy(nota => nota.Request.SentAt)
            .SelectMany(nota => nota.Answer!.Items.Select(item => (nota.Request, Said: item)))
            .GroupBy(one => one.Said.Item)
            .Select(theme => theme.Last())
            .Where(one => one.Said.Choice == DesignationKind.Designate)
            .Select(one => Of(one.Request, one.Said))
            .OrderBy(liaison => liaison.Theme, StringComparer.Ordinal),
    ];

    /// <summary>A liaison as it is kept, beside the one that it takes the place of.</summary>
    public static Liaison Following(Liaison now, Liaison? before) => before is null ? now
        : (before.Principal.Name, before.Principal.Mailbox) == (now.Principal.Name, now.Principal.Mailbox) ? now with { Term = before.Term, Since = before.Since }
        : now with { Term = before.Term + 1 };

    private static Liaison Of(OfficialRequest request, ItemAnswer said) => new(
        request.Institution, said.Item, PersonOf(said, "principal"), PersonOf(said, "alternate"), request.Id, 0, request.Standing!.At);

    private static LiaisonPerson PersonOf(ItemAnswer said, string which) => new(said.Texts[which], said.Texts[$"{which}-office"], said.Texts[$"{which}-email"]);
}
