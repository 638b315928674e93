using NodaTime;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Proposals;

/// <summary>What was typed, as it was typed: it is shown again whatever happens.</summary>
/// <param name="Ticket">Says when the form was shown, and makes a second sending of the same form recognisable.</param>
public sealed record ProposalForm(ProposalInput Input, string Ticket)
{
    public static ProposalForm Empty(string ticket) => new(new ProposalInput { Author = new AuthorInput() }, ticket);

    public static ProposalForm Read(IFormCollection form) => new(
        new ProposalInput
        {
            Title = form["title"],
            Problem = form["problem"],
            Proposal = form["proposal"],
            Territory = form["territory"],
            Channel = form["channel"].FirstOrDefault(value => Choices.Channels.Contains(value)),
            Author = new AuthorInput
            {
                Name = form["author.name"],
                Email = form["author.email"],
                Phone = form["author.phone"],
                Organization = form["author.organization"],
                Sector = form["author.sector"],
                PublicName = form["author.publicName"] == "true",
            },
            Consent = form["consent"] == "true",
            Language = Language.Current,
        },
        form["ticket"].ToString());

    /// <summary>The form's fields by name, for the review page to carry.</summary>
    public IEnumerable<(string Name, string Value)> Fields =>
        new (string Name, string? Value)[]
        {
            ("ticket", Ticket), ("title", Input.Title), ("problem", Input.Problem), ("proposal", Input.Proposal), ("territory", Input.Territory),
            ("channel", Input.Channel), ("author.name", Input.Author!.Name), ("author.email", Input.Author.Email), ("author.phone", Input.Author.Phone),
            ("author.organization", Input.Author.Organization), ("author.sector", Input.Author.Sector),
            ("author.publicName", Input.Author.PublicName ? "true" : null), ("consent", Input.Consent ? "true" : null),
        }.Where(pair => !string.IsNullOrEmpty(pair.Value)).Select(pair => (pair.Name, pair.Value!));
}

/// <summary>Form tickets: signed, with the moment at which the form was shown.</summary>
public sealed class FormTickets(Links links, TimeProvider clock)
{
    private const char BeforeVia = '~';
    private static readonly TimeSpan Life = TimeSpan.FromDays(2);

    /// <param name="via">The code of the channel by whose link the form was opened: accepting it needs no look-up then.</param>
    public string Issue(string? via = null)
    {
        var now = clock.GetUtcNow();
        return links.TokenFor(new Link(LinkPurpose.FormTicket, $"{Guid.CreateVersion7():N}{(via is null ? "" : BeforeVia + via)}", 0, now, now + Life));
    }

    /// <summary>Null for a ticket that is forged or too old: the form is shown again with a new one.</summary>
    public IntakeOrigin? Read(string ticket) => links.Read(ticket, LinkPurpose.FormTicket, clock.GetUtcNow()) is { } link
        ? new IntakeOrigin($"form|{link.Subject}", Instant.FromDateTimeOffset(link.IssuedAt), link.Subject.Split(BeforeVia) is [_, var via] ? via : null)
        : null;
}
