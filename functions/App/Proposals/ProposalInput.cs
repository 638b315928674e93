using System.Text;

namespace OpenGov.Functions.Proposals;

/// <summary>A proposal as sent, by form or by API, before it is held against the rules.</summary>
public sealed record ProposalInput
{
    public string? Title { get; init; }
    public string? Problem { get; init; }
    public string? Proposal { get; init; }
    public string? Institution { get; init; }
    public string? Territory { get; init; }
    public string? Channel { get; init; }
    public AuthorInput? Author { get; init; }
    public bool Consent { get; init; }
    public string? Language { get; init; }

    /// <summary>Trimmed, control characters dropped; an empty text is none. CR and LF stay, for the rules to refuse them in one line.</summary>
    public ProposalInput Cleaned() => this with
    {
        Title = Clean(Title),
        Problem = Clean(Problem),
        Proposal = Clean(Proposal),
        Institution = Clean(Institution),
        Territory = Clean(Territory),
        Channel = Clean(Channel) ?? Choices.Channels[0],
        Author = new AuthorInput
        {
            Name = Clean(Author?.Name),
            Email = Clean(Author?.Email),
            Phone = Clean(Author?.Phone),
            Organization = Clean(Author?.Organization),
            Sector = Clean(Author?.Sector),
            PublicName = Author?.PublicName ?? false,
        },
    };

    public ProposalContent Content() => new(
        Title!, Problem!, Proposal, Institution, Territory, Channel!,
        new Author(Author!.Name, Author.Email, Author.Phone, Author.Organization, Author.Sector, Author.PublicName));

    private static string? Clean(string? text)
    {
        if (text is null)
        {
            return null;
        }
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\r' or '\t' || !Rune.IsControl(rune))
            {
                kept.Append(rune);
            }
        }
        var clean = kept.ToString().Trim(' ', '\t');
        return string.IsNullOrWhiteSpace(clean) ? null : clean;
    }
}

public sealed record AuthorInput
{
    public string? Name { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public string? Organization { get; init; }
    public string? Sector { get; init; }
    public bool PublicName { get; init; }
}
