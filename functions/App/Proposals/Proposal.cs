using NodaTime;

namespace OpenGov.Functions.Proposals;

/// <summary>A theme proposed by a citizen for the plan.</summary>
/// <param name="AfterClose">Received within the minutes that a form opened before the close may still be sent.</param>
public sealed record Proposal(
    string Code, string Cycle, ProposalContent Content, Consent Consent, string Language, Instant ReceivedAt, bool AfterClose, string Fingerprint,
    string Status = "received");

/// <summary>What the author wrote, cleaned. Texts are kept as written; lengths are in Unicode code points.</summary>
public sealed record ProposalContent(
    string Title, string Problem, string? Idea, string? Institution, string? Territory, string Channel, Author Author)
{
    public const int TitleLength = 120;
    public const int TextLength = 4000;
    public const int LineLength = 200;
}

/// <summary>All of it optional: who leaves nothing gets a code to print. Only a name may be public, and only if the author chose so.</summary>
public sealed record Author(string? Name, string? Email, string? Phone, string? Organization, string? Sector, bool PublicName);

/// <param name="TextVersion">Which wording of the consent was shown.</param>
public sealed record Consent(string TextVersion, Instant GivenAt)
{
    public const string CurrentText = "2019-1";
}

public static class Choices
{
    public static IReadOnlyList<string> Channels { get; } = ["portal", "session", "social", "other"];

    public static IReadOnlyList<string> Sectors { get; } = ["citizen", "civil-society", "academia", "private", "public"];
}
