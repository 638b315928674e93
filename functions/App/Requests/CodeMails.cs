using System.Text.Json;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Requests;

/// <summary>The code that makes a prepared answer effective, to the office's mailbox alone.</summary>
public sealed class CodeMail(
    RequestStore store, RequestLinks links, RequestKinds kinds, CurrentCycle cycles, IStringLocalizer<RequestTexts> texts) : IRequestMail
{
    public const string Name = "answer-code";

    public string Template => Name;

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
            new MailPart.Paragraph(texts["CodeIntro", request.Number, RequestWords.WithoutLongNumbers(answer.Name), RequestWords.WithoutLongNumbers(answer.Office), DateWords.Moment(answer.PreparedAt, cycle.Zone)]),
            new MailPart.Items([.. answer.Items.Select(item => $"{RequestWords.WithoutLongNumbers(item.Item)}: {kind.SaidOf(request.Items.Single(asked => asked.Number == item.Item), item.Choice)}")]),
            new MailPart.Paragraph(texts["CodeUse"]),
            new MailPart.Code(links.CodeFor(request, code.Version)),
            new MailPart.Button(texts["ReadAndConfirm"], links.AddressFor(request)),
            new MailPart.Paragraph(texts["CodeIfNot"]),
        ]);
    }

    public sealed record Model(string Cycle, string Id, int Version);
}

/// <summary>The code that makes a delegation effective, to the office's mailbox alone.</summary>
public sealed class DelegationCodeMail(RequestStore store, RequestLinks links, IStringLocalizer<RequestTexts> texts) : IRequestMail
{
    public const string Name = "delegation-code";

    public string Template => Name;

    public async Task<MailContent?> WriteAsync(JsonElement model, CancellationToken cancel)
    {
        var code = model.Deserialize<Model>(Json.Options)!;
        if ((await store.FindAsync(code.Cycle, code.Id, cancel))?.Record is not { PendingDelegation.Asked: { } asked } request || asked.Number != code.Number)
        {
            return null;
        }
        return new MailContent(texts["DelegationSubject", request.Number],
        [
            new MailPart.Heading(texts["DelegationTitle"]),
            new MailPart.Paragraph(texts["DelegationIntro", request.Number]),
            new MailPart.Facts(
            [
                (texts["Label-delegate"], RequestWords.WithoutLongNumbers(asked.Name)),
                (texts["Label-delegate-office"], RequestWords.WithoutLongNumbers(asked.Office)),
                (texts["Label-email"], RequestWords.WithoutLongNumbers(asked.Mailbox)),
            ]),
            new MailPart.Paragraph(texts["DelegationUse"]),
            new MailPart.Code(links.CodeForDelegation(request, asked.Number)),
            new MailPart.Button(texts["ReadAndDelegate"], links.AddressFor(request)),
            new MailPart.Paragraph(texts["DelegationIfNot"]),
        ]);
    }

    public sealed record Model(string Cycle, string Id, int Number);
}
