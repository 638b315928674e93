using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Requests;

/// <summary>The nota itself, to the office: what is asked, until when, and the one link.</summary>
public sealed class NotaMail(
    RequestStore store, RequestLinks links, RequestKinds kinds, CurrentCycle cycles, IStringLocalizer<RequestTexts> texts) : IMailWriter
{
    public const string Name = "nota";

    public string Template => Name;

    public string? StaffPath(JsonElement model) => $"/staff/requests/{model.Deserialize<Model>(Json.Options)!.Id}";

    public static string IdentityOf(OfficialRequest request) => $"nota!{request.Cycle}!{request.Id}!{request.Generation}";

    public async Task<MailContent?> WriteAsync(JsonElement model, CancellationToken cancel)
    {
        var nota = model.Deserialize<Model>(Json.Options)!;
        if ((await store.FindAsync(nota.Cycle, nota.Id, cancel))?.Record is not { } request || request.Generation != nota.Generation)
        {
            return null;
        }
        var cycle = await cycles.GetAsync(cancel);
        var kind = kinds.Of(request);
        return new MailContent(kind.Texts["Subject", request.Number, DateWords.NearDay(request.Due)],
        [
            new MailPart.Heading(kind.Texts["Title"]),
            new MailPart.Facts(
            [
                (texts["Nota"], request.Number),
                (texts["To"], RequestWords.Addressee(request, texts)),
                (texts["Date"], DateWords.Day(cycle.DateOf(request.SentAt))),
                (texts["AnswerUntil"], DateWords.Deadline(request.Due)),
            ]),
            new MailPart.Paragraph(kind.Texts["Letter", cycle.Name]),
            new MailPart.Items([.. request.Items.Select(item => $"{item.Number} · {item.Title}")]),
            new MailPart.Button(texts["ReadAndAnswer"], links.AddressFor(request)),
            new MailPart.Paragraph(texts["HowToAnswer"]),
            new MailPart.Paragraph(texts["WithoutAnswer"]),
            new MailPart.Small(texts["OpeningChangesNothing"]),
        ]);
    }

    public sealed record Model(string Cycle, string Id, int Generation);
}

/// <summary>The code that makes a prepared answer effective, to the office's mailbox alone.</summary>
public sealed partial class CodeMail(
    RequestStore store, RequestLinks links, RequestKinds kinds, CurrentCycle cycles, IStringLocalizer<RequestTexts> texts) : IMailWriter
{
    public const string Name = "answer-code";

    public string Template => Name;

    public string? StaffPath(JsonElement model) => $"/staff/requests/{model.Deserialize<Model>(Json.Options)!.Id}";

    public async Task<MailContent?> WriteAsync(JsonElement model, CancellationToken cancel)
    {
        var code = model.Deserialize<Model>(Json.Options)!;
        var request = (await store.FindAsync(code.Cycle, code.Id, cancel))?.Record;
        if (request?.Draft?.Version != code.Version || await store.FindAnswerAsync(code.Cycle, code.Id, code.Version, cancel) is not { } answer)
        {
            return null;
        }
        var cycle = await cycles.GetAsync(cancel);
        var kind = kinds.Of(request);
        return new MailContent(texts["CodeSubject", request.Number],
        [
            new MailPart.Heading(texts["CodeTitle"]),
            new MailPart.Paragraph(texts["CodeIntro", request.Number, WithoutLongNumbers(answer.Name), WithoutLongNumbers(answer.Office), DateWords.Moment(answer.PreparedAt, cycle.Zone)]),
            new MailPart.Items([.. answer.Items.Select(item => $"{WithoutLongNumbers(item.Item)}: {kind.Texts[$"Said-{item.Choice}"]}")]),
            new MailPart.Paragraph(texts["CodeUse"]),
            new MailPart.Code(links.CodeFor(request, code.Version)),
            new MailPart.Button(texts["ReadAndConfirm"], links.AddressFor(request)),
            new MailPart.Paragraph(texts["CodeIfNot"]),
        ]);
    }

    // Who types a number as a name must not make it pass for the code.
    private static string WithoutLongNumbers(string text) => LongNumbers().Replace(text, "…");

    [GeneratedRegex(@"\d{5,}")]
    private static partial Regex LongNumbers();

    public sealed record Model(string Cycle, string Id, int Version);
}

/// <summary>What was recorded, for the office's files.</summary>
public sealed class AnsweredMail(
    RequestStore store, RequestLinks links, RequestKinds kinds, CurrentCycle cycles, IStringLocalizer<RequestTexts> texts) : IMailWriter
{
    public const string Name = "answer-confirmed";

    public string Template => Name;

    public string? StaffPath(JsonElement model) => $"/staff/requests/{model.Deserialize<Model>(Json.Options)!.Id}";

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
            new MailPart.Facts(
            [
                (texts["Nota"], request.Number),
                (texts["ConfirmedAt"], DateWords.Moment(confirmation.At, cycle.Zone) + (confirmation.Late ? $" · {texts["LateMark"]}" : "")),
                (texts["PreparedBy"], $"{answer.Name}, {answer.Office}"),
                (texts["Version"], $"{answer.Version}"),
                (texts["Hash"], confirmation.Hash),
            ]),
            .. answer.Items.SelectMany(item => PartsOf(request, kind, item)),
            new MailPart.Button(texts["SeeAnswer"], links.AddressFor(request)),
            new MailPart.Small(cycle.EndOf(request.Due) > confirmation.At ? texts["CorrectUntil", DateWords.Deadline(request.Due)] : texts["NoCorrection"]),
        ]);
    }

    private static IEnumerable<MailPart> PartsOf(OfficialRequest request, IRequestKind kind, ItemAnswer answer) =>
        answer.Texts.Select(text => (MailPart)new MailPart.Quote($"{kind.Texts[$"Field-{text.Key}"]}: {text.Value}"))
            .Prepend(new MailPart.Subheading($"{answer.Item} · {request.Items.Single(item => item.Number == answer.Item).Title}: {kind.Texts[$"Said-{answer.Choice}"]}"));

    public sealed record Model(string Cycle, string Id, int Version);
}
