using System.Text.Json;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Proposals.Moderation;

/// <summary>Tells authors what staff did with their proposal, and why.</summary>
public sealed class ProposalNews(Site site, IStringLocalizer<ProposalTexts> texts) : IMailWriter
{
    private const string TemplateName = "proposal-news";
    private const string Absorbed = "absorbed";

    public string Template => TemplateName;

    /// <summary>The mails of a proposal's latest step: to its author, and to the other's where two were merged or separated.</summary>
    /// <param name="other">The other proposal, where there is one.</param>
    internal static IEnumerable<Effect> Of(Proposal proposal, Proposal? other)
    {
        var step = proposal.Steps[^1];
        var identity = $"news!{proposal.Code}!{proposal.Steps.Count}";
        if (proposal.Content.Author.Email is { } address)
        {
            yield return MailEffect.Send($"{identity}!own", TemplateName, address, proposal.Language, new Model(proposal.Code, step.What, step.Reason, step.Other));
        }
        if (other?.Content.Author.Email is { } otherAddress)
        {
            var what = proposal.Merged is null ? step.What : Absorbed;
            yield return MailEffect.Send($"{identity}!other", TemplateName, otherAddress, other.Language, new Model(other.Code, what, step.Reason, proposal.Code));
        }
    }

    public Task<MailContent?> WriteAsync(JsonElement model, CancellationToken cancel)
    {
        var news = model.Deserialize<Model>(Json.Options)!;
        return Task.FromResult<MailContent?>(new MailContent(texts[$"News-{news.What}-Subject", news.Code],
        [
            new MailPart.Heading(texts[$"News-{news.What}-Subject", news.Code]),
            new MailPart.Paragraph(texts[$"News-{news.What}-Text", news.Other ?? ""]),
            new MailPart.Subheading(texts["NewsReason"]),
            new MailPart.Quote(news.Reason),
            new MailPart.Button(texts["FollowProposal"], ProposalView.AddressOf(news.Code, site)),
        ]));
    }

    internal sealed record Model(string Code, string What, string Reason, string? Other);
}
