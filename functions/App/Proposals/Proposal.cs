using System.Text.Json.Serialization;
using NodaTime;
using OpenGov.Functions.Proposals.Responses;

namespace OpenGov.Functions.Proposals;

/// <summary>A theme proposed by a citizen for the plan.</summary>
/// <param name="AfterClose">Received within the minutes that a form opened before the close may still be sent.</param>
public sealed record Proposal(
    string Code, string Cycle, ProposalContent Content, Consent Consent, string Language, Instant ReceivedAt, bool AfterClose, string Fingerprint,
    string Status = "received")
{
    /// <summary>The code of the channel by whose link or in whose session it came.</summary>
    public string? Via { get; init; }

    /// <summary>Null for what its author sent directly.</summary>
    public PaperForm? Paper { get; init; }

    /// <summary>Withdrawn from view by staff: its text is shown nowhere in public, and it is kept.</summary>
    public Hiding? Hidden { get; init; }

    /// <summary>The same matter as another proposal, which stands for both.</summary>
    public Merging? Merged { get; init; }

    /// <summary>The code of the theme under which staff sorted it; null while it is under none.</summary>
    public string? Theme { get; init; }

    /// <summary>Null until it is answered.</summary>
    public ReasonedResponse? Response { get; init; }

    /// <summary>What staff did with it, in the order of its doing.</summary>
    public IReadOnlyList<ProposalStep> Steps { get; init; } = [];

    /// <summary>The word that the public reads.</summary>
    [JsonIgnore]
    public string PublicStatus => Hidden is not null ? Statuses.Hidden : Merged is not null ? Statuses.Merged : Response?.Outcome ?? Status;
}

/// <summary>A form that was handed in on paper and typed in by staff.</summary>
/// <param name="Session">The channel in whose session it was handed in.</param>
/// <param name="Reference">The number on the form, where it has one.</param>
/// <param name="EnteredAfterClose">It was handed in within the call's window and typed in after it.</param>
public sealed record PaperForm(string Session, string SessionName, string? Reference, LocalDate CollectedOn, Instant EnteredAt, bool EnteredAfterClose);

/// <param name="Reason">Public.</param>
public sealed record Hiding(string Reason, Instant At);

/// <param name="Into">A code; that proposal may itself have been merged since.</param>
/// <param name="Reason">Public.</param>
public sealed record Merging(string Into, string Reason, Instant At);

/// <param name="What">"hidden", "shown", "merged", "unmerged", "sorted", "answered".</param>
/// <param name="Other">The code of the other proposal or of the theme, where there is one.</param>
public sealed record ProposalStep(string What, string Reason, string Actor, Instant At, string? Other = null);

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
/// <param name="Evidence">Where it is signed on paper: what says so, and who typed it in.</param>
public sealed record Consent(string TextVersion, Instant GivenAt, string? Evidence = null)
{
    public const string CurrentText = "2019-1";
    public const string PaperText = "2019-1-paper";
}

public static class Statuses
{
    public const string Received = "received";
    public const string Hidden = "hidden";
    public const string Merged = "merged";

    public static IReadOnlyList<string> All { get; } = [Received, .. Outcomes.All, Merged, Hidden];
}

public static class Choices
{
    public const string Session = "session";

    public static IReadOnlyList<string> Channels { get; } = ["portal", Session, "social", "other"];

    public static IReadOnlyList<string> Sectors { get; } = ["citizen", "civil-society", "academia", "private", "public"];
}
