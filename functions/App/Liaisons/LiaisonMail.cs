using System.Text.Json;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Themes;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Liaisons;

/// <summary>Tells a person of the themes for which the institution named him or her.</summary>
public sealed class LiaisonMail(InstitutionStore institutions, ThemeStore themes, CurrentCycle cycles, Site site, IStringLocalizer<LiaisonTexts> texts) : IMailWriter
{
    private const string TemplateName = "liaison-designated";

    public string Template => TemplateName;

    /// <summary>One for each person who was not named for these themes before.</summary>
    public static IEnumerable<Effect> Of(Cycle cycle, IEnumerable<Liaison> changed, IReadOnlyDictionary<string, Stored<Liaison>> before) => changed
        .SelectMany(liaison => new[] { (liaison, Who: liaison.Principal, IsPrincipal: true), (liaison, Who: liaison.Alternate, IsPrincipal: false) })
        .Where(named => !IsNamed(before.GetValueOrDefault(named.liaison.Theme)?.Record, named.Who.Mailbox, named.IsPrincipal))
        .GroupBy(named => (named.Who.Mailbox, named.liaison.Institution, named.liaison.Nota))
        .Select(person => MailEffect.Send(
            $"liaison!{cycle.Id}!{person.Key.Institution}!{string.Join('+', person.Select(named => $"{named.liaison.Theme}.{named.liaison.Term}{(named.IsPrincipal ? 'p' : 'a')}"))}!{Editing.SeenOf(person.Key.Mailbox)}",
            TemplateName, person.Key.Mailbox, Language.Spanish,
            new Model(person.Key.Institution, person.First().Who.Name, [.. person.Where(named => named.IsPrincipal).Select(named => named.liaison.Theme)], [.. person.Where(named => !named.IsPrincipal).Select(named => named.liaison.Theme)])));

    public async Task<MailContent?> WriteAsync(JsonElement model, CancellationToken cancel)
    {
        var named = model.Deserialize<Model>(Json.Options)!;
        var cycle = await cycles.GetAsync(cancel);
        var institution = (await institutions.FindAsync(cycle, named.Institution, cancel))!;
        var names = (await themes.ListAsync(cycle, cancel)).ToDictionary(theme => theme.Code, theme => theme.Name);
        return new MailContent(texts["MailSubject", institution.Name],
        [
            new MailPart.Heading(texts["MailTitle"]),
            new MailPart.Paragraph(texts["MailText", named.Name, institution.Name, cycle.Name]),
            .. PartsOf(texts["MailPrincipal"], named.Principal, names),
            .. PartsOf(texts["MailAlternate"], named.Alternate, names),
            new MailPart.Paragraph(texts["MailNext"]),
            new MailPart.Button(texts["MailChronogram"], site.Address("/chronogram")),
        ]);
    }

    private static IEnumerable<MailPart> PartsOf(string title, IReadOnlyList<string> codes, IReadOnlyDictionary<string, string> names) =>
        codes.Count == 0 ? [] : [new MailPart.Subheading(title), new MailPart.Items([.. codes.Select(code => $"{code} · {names.GetValueOrDefault(code, code)}")])];

    private static bool IsNamed(Liaison? liaison, string mailbox, bool asPrincipal) =>
        liaison is not null && (asPrincipal ? liaison.Principal : liaison.Alternate).Mailbox == mailbox;

    public sealed record Model(string Institution, string Name, IReadOnlyList<string> Principal, IReadOnlyList<string> Alternate);
}
