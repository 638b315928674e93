using System.Text.Json;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Requests;

/// <summary>The nota itself, to the office or to its delegate: what is asked, until when, and the one link.</summary>
public sealed class NotaMail(
    RequestStore store, RequestLinks links, RequestKinds kinds, CurrentCycle cycles, IStringLocalizer<RequestTexts> texts) : IRequestMail
{
    public const string Name = "nota";

    public string Template => Name;

    public static string IdentityOf(OfficialRequest request) => $"nota!{request.Cycle}!{request.Id}!{request.Generation}";

    public static Effect To(string mailbox, OfficialRequest request) => MailEffect.Send(
        IdentityOf(request), Name, mailbox, Language.Spanish, new Model(request.Cycle, request.Id, request.Generation));

    public async Task<MailContent?> WriteAsync(JsonElement model, CancellationToken cancel)
    {
        var nota = model.Deserialize<Model>(Json.Options)!;
        if ((await store.FindAsync(nota.Cycle, nota.Id, cancel))?.Record is not { IsAnnulled: false } request
            || request.Generation != nota.Generation || (nota.Delegation is not null && request.Delegation?.Number != nota.Delegation))
        {
            return null;
        }
        var cycle = await cycles.GetAsync(cancel);
        var kind = kinds.Of(request);
        return new MailContent(kind.Texts["Subject", request.Number, DateWords.NearDay(request.Due)],
        [
            new MailPart.Heading(kind.Texts["Title"]),
            .. WhyAgain(request, nota, cycle).Select(why => new MailPart.Paragraph(why)),
            new MailPart.Facts(
            [
                (texts["Nota"], request.Number),
                (texts["To"], RequestWords.Addressee(request, texts)),
                (texts["Date"], DateWords.Day(cycle.DateOf(request.IssuedAt))),
                (texts["AnswerUntil"], DateWords.Deadline(request.Due)),
            ]),
            new MailPart.Paragraph(kind.Texts["Letter", cycle.Name]),
            new MailPart.Items([.. request.Items.Select(item => $"{item.Number} · {item.Title}")]),
            new MailPart.Button(texts["ReadAndAnswer"], links.AddressFor(request)),
            new MailPart.Paragraph(texts[!kind.IsBinding ? "HowToAnswerAtOnce" : nota.Delegation is null ? "HowToAnswer" : "HowToPrepare"]),
            .. kind.IsBinding ? new[] { new MailPart.Paragraph(texts["OrOnPaper"]) } : [],
            .. request.SecretariatMailbox is null ? [] : new[] { new MailPart.Paragraph(texts["WithoutAnswer"]) },
            new MailPart.Small(texts["OpeningChangesNothing"]),
        ]);
    }

    private IEnumerable<string> WhyAgain(OfficialRequest request, Model nota, Cycle cycle)
    {
        if (nota.Delegation is not null)
        {
            yield return texts["Delegated", request.Delegation!.Name, RequestWords.Addressee(request, texts)];
        }
        else if (request.Acts.LastOrDefault(act => act.Act is RequestAct.Reissue or RequestAct.Readdress) is { } again)
        {
            yield return texts[$"Why-{again.Act}", again.Reason ?? ""].Value.Replace("  ", " ", StringComparison.Ordinal);
        }
        if (request.Standing is { } standing && standing.Term < request.Term)
        {
            yield return texts["StandsUntilRectified", standing.Paper is { } paper ? DateWords.Day(paper.ReceivedOn) : DateWords.Moment(standing.At, cycle.Zone), DateWords.Deadline(request.Due)];
        }
    }

    public sealed record Model(string Cycle, string Id, int Generation, int? Delegation = null);
}
