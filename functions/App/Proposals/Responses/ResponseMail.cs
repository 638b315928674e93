using System.Text.Json;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Proposals.Responses;

/// <summary>Tells an author what became of the proposal, and why.</summary>
public sealed class ResponseMail(Site site, IStringLocalizer<ProposalTexts> texts) : IMailWriter
{
    private const string TemplateName = "proposal-response";

    public string Template => TemplateName;

    /// <summary>None where the author left no address.</summary>
    public static IEnumerable<Effect> Of(Proposal proposal) => proposal is { Response: { } response, Content.Author.Email: { } address }
        ? [MailEffect.Send(
            $"response!{proposal.Code}!{proposal.Steps.Count}", TemplateName, address, proposal.Language,
            new Model(proposal.Code, proposal.Content.Title, response.Outcome, response.ThemeName, response.Reasons, proposal.Steps.Count(step => step.What == "answered") > 1))]
        : [];

    public Task<MailContent?> WriteAsync(JsonElement model, CancellationToken cancel)
    {
        var told = model.Deserialize<Model>(Json.Options)!;
        var facts = new List<(string, string)> { (texts["Theme"], told.Title), (texts["Decision"], texts[$"Status-{told.Outcome}"]) };
        if (told.ThemeName is { } theme)
        {
            facts.Add((texts["ThemeOfPlan"], theme));
        }
        return Task.FromResult<MailContent?>(new MailContent(texts[told.Corrected ? "ResponseCorrected" : "ResponseSubject", told.Code],
        [
            new MailPart.Heading(texts["ResponseTitle"]),
            new MailPart.Paragraph(texts[$"Response-{told.Outcome}"]),
            new MailPart.Facts(facts),
            new MailPart.Subheading(texts["ResponseReasons"]),
            new MailPart.Quote(told.Reasons),
            new MailPart.Button(texts["FollowProposal"], ProposalView.AddressOf(told.Code, site)),
        ]));
    }

    /// <param name="Corrected">An answer was given before.</param>
    internal sealed record Model(string Code, string Title, string Outcome, string? ThemeName, string Reasons, bool Corrected);
}
