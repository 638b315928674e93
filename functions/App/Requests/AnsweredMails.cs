using System.Text.Json;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Requests;

/// <summary>What was recorded, for the office's files.</summary>
public sealed class AnsweredMail(
    RequestStore store, RequestLinks links, RequestKinds kinds, CurrentCycle cycles, IStringLocalizer<RequestTexts> texts) : IRequestMail
{
    public const string Name = "answer-confirmed";

    public string Template => Name;

    public static Effect Of(OfficialRequest request, Confirmation confirmation) => MailEffect.Send(
        $"answered!{request.Cycle}!{request.Id}!{request.Generation}!{confirmation.Version}", Name, request.Office.Mailbox, Language.Spanish,
        new Model(request.Cycle, request.Id, confirmation.Version));

    public async Task<MailContent?> WriteAsync(JsonElement model, CancellationToken cancel)
    {
        var answered = model.Deserialize<Model>(Json.Options)!;
        var request = (await store.FindAsync(answered.Cycle, answered.Id, cancel))!.Record;
        var answer = (await store.FindAnswerAsync(answered.Cycle, answered.Id, answered.Version, cancel))!;
        var confirmation = request.Confirmations.Single(confirmed => confirmed.Version == answered.Version);
        var cycle = await cycles.GetAsync(cancel);
        var kind = kinds.Of(request);
        return new MailContent(texts["AnsweredSubject", request.Number],
        [
            new MailPart.Heading(texts["AnsweredTitle"]),
            .. OfPaper(request, confirmation).Select(words => new MailPart.Paragraph(words)),
            new MailPart.Facts(
            [
                (texts["Nota"], request.Number),
                .. Dates(confirmation, kind, cycle),
                (texts[confirmation.Paper is null ? "PreparedBy" : "SignedBy"], $"{answer.Name}, {answer.Office}"),
                (texts["Version"], $"{answer.Version}"),
                (texts["Hash"], confirmation.Hash),
            ]),
            .. answer.Items.SelectMany(item => PartsOf(request, kind, item)),
            new MailPart.Button(texts["SeeAnswer"], links.AddressFor(request)),
            new MailPart.Small(cycle.EndOf(request.Due) > confirmation.At ? texts["CorrectUntil", DateWords.Deadline(request.Due)] : texts["NoCorrection"]),
        ]);
    }

    private IEnumerable<string> OfPaper(OfficialRequest request, Confirmation confirmation)
    {
        if (confirmation.Paper is not null)
        {
            yield return texts[request.Standing?.Version == confirmation.Version ? "PaperRecorded" : "PaperKept"];
        }
        if (request.Standing is { Paper: { } prevailing } standing && standing.Version != confirmation.Version)
        {
            yield return texts["SignedPrevails", DateWords.Day(prevailing.ReceivedOn)];
        }
    }

    private IEnumerable<(string, string)> Dates(Confirmation confirmation, IRequestKind kind, Cycle cycle)
    {
        var late = confirmation.Late ? $" · {texts["LateMark"]}" : "";
        return confirmation.Paper is { } paper
            ? [(texts["ReceivedOn"], DateWords.Day(paper.ReceivedOn) + late), (texts["EnteredAt"], DateWords.Moment(confirmation.At, cycle.Zone))]
            : [(texts[kind.IsBinding ? "ConfirmedAt" : "ConfirmedAt-AtOnce"], DateWords.Moment(confirmation.At, cycle.Zone) + late)];
    }

    private static IEnumerable<MailPart> PartsOf(OfficialRequest request, IRequestKind kind, ItemAnswer answer) =>
        answer.Texts.Select(text => (MailPart)new MailPart.Quote($"{kind.LabelOf(request.Items.Single(item => item.Number == answer.Item), text.Key)}: {text.Value}"))
            .Prepend(new MailPart.Subheading($"{answer.Item} · {request.Items.Single(item => item.Number == answer.Item).Title}: {kind.SaidOf(request.Items.Single(item => item.Number == answer.Item), answer.Choice)}"));

    public sealed record Model(string Cycle, string Id, int Version);
}

/// <summary>Tells an office of more time, or that its nota is annulled.</summary>
public sealed class ChangedMail(
    RequestStore store, RequestLinks links, RequestKinds kinds, CurrentCycle cycles, IStringLocalizer<RequestTexts> texts) : IRequestMail
{
    public const string Name = "nota-changed";

    public string Template => Name;

    /// <summary>Of the last act on <paramref name="request"/>.</summary>
    public static Effect Of(OfficialRequest request, string mailbox) => MailEffect.Send(
        $"changed!{request.Cycle}!{request.Id}!{request.Acts.Count}!{(mailbox == request.Office.Mailbox ? "office" : "delegate")}", Name, mailbox, Language.Spanish,
        new Model(request.Cycle, request.Id, request.Acts.Count - 1));

    public async Task<MailContent?> WriteAsync(JsonElement model, CancellationToken cancel)
    {
        var changed = model.Deserialize<Model>(Json.Options)!;
        var request = (await store.FindAsync(changed.Cycle, changed.Id, cancel))!.Record;
        var act = request.Acts[changed.Act];
        var cycle = await cycles.GetAsync(cancel);
        var isAnnulled = act.Act == RequestAct.Annul;
        // What was overtaken before it went out would only confuse.
        if (!isAnnulled && (request.IsAnnulled || request.Acts.Skip(changed.Act + 1).Any(later => later.DueBefore is not null)))
        {
            return null;
        }
        return new MailContent(isAnnulled ? texts["AnnulledSubject", request.Number] : texts["ExtendedSubject", request.Number, DateWords.NearDay(request.Due)],
        [
            new MailPart.Heading(texts[isAnnulled ? "AnnulledTitle" : "ExtendedTitle"]),
            new MailPart.Facts(
            [
                (texts["Nota"], request.Number),
                (texts["Subject"], kinds.Of(request).Texts["Title"]),
                .. isAnnulled ? Array.Empty<(string, string)>() :
                [
                    (texts["DueBefore"], DateWords.Deadline(act.DueBefore!.Value)),
                    (texts["DueNow"], DateWords.Deadline(request.Due)),
                ],
            ]),
            .. act.Reason is { Length: > 0 } reason ? new MailPart[] { new MailPart.Subheading(texts["Reason"]), new MailPart.Quote(reason) } : [],
            new MailPart.Paragraph(texts[isAnnulled ? "AnnulledText" : "ExtendedText"]),
            new MailPart.Button(texts[isAnnulled ? "SeeNota" : "ReadAndAnswer"], links.AddressFor(request)),
        ]);
    }

    public sealed record Model(string Cycle, string Id, int Act);
}
