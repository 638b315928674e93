using System.Text.Json;
using Microsoft.Extensions.Localization;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Proposals;

/// <summary>The receipt: what arrived when, its code, and what happens next.</summary>
public sealed class ProposalReceipt(CurrentCycle cycles, Site site, TimeProvider clock, IStringLocalizer<ProposalTexts> texts) : IMailWriter
{
    public const string TemplateName = "proposal-receipt";

    public string Template => TemplateName;

    public async Task<MailContent?> WriteAsync(JsonElement model, CancellationToken cancel)
    {
        var receipt = model.Deserialize<Model>(Json.Options)!;
        var cycle = await cycles.GetAsync(cancel);
        return new MailContent(texts["ReceiptSubject", receipt.Code],
        [
            new MailPart.Heading(texts["ReceiptTitle"]),
            new MailPart.Paragraph(texts["ReceiptThanks"]),
            new MailPart.Code(receipt.Code),
            new MailPart.Facts([(texts["Theme"], receipt.Title), (texts["ReceivedAt"], WhenAndWhere(receipt, cycle))]),
            new MailPart.Paragraph(WhatNext(cycle, cycle.DateOf(clock.GetCurrentInstant()), texts)),
            new MailPart.Button(texts["FollowProposal"], site.Address($"/proposals/{receipt.Code}")),
            new MailPart.Small(texts["ReceiptRights"]),
        ]);
    }

    /// <summary>What its author may expect on <paramref name="today"/>.</summary>
    public static string WhatNext(Cycle cycle, LocalDate today, IStringLocalizer<ProposalTexts> texts) =>
        cycle.Activity(ActivityKeys.Themes) is var themes && today <= themes.Closes ? texts["WhatNext", DateWords.Day(themes.Opens)]
        : cycle.Deadlines.FirstOrDefault(deadline => deadline.Key == ActivityKeys.Responses) is { } responses && today <= responses.Closes ? texts["AnswerBy", DateWords.Day(responses.Closes)]
        : texts["AnswerComes"];

    /// <summary>A paper form has a day and a place, and no hour.</summary>
    private string WhenAndWhere(Model receipt, Cycle cycle) => receipt is { Session: { } session, CollectedOn: { } day }
        ? texts["OnPaper", DateWords.Day(day), session]
        : DateWords.Moment(receipt.ReceivedAt, cycle.Zone);

    public sealed record Model(string Code, string Title, Instant ReceivedAt, string? Session = null, LocalDate? CollectedOn = null)
    {
        public static Model Of(Proposal proposal) =>
            new(proposal.Code, proposal.Content.Title, proposal.ReceivedAt, proposal.Paper?.SessionName, proposal.Paper?.CollectedOn);
    }
}
