using NodaTime;

namespace OpenGov.Functions.Themes;

/// <summary>What proposals have in common: first a candidate, then what the forum decided of it.</summary>
/// <param name="Code">"T-01", unique in its cycle.</param>
/// <param name="Summary">What it is about, for the forum and the public.</param>
public sealed record Theme(string Code, string Name, string Summary)
{
    public const int NameLength = 120;
    public const int SummaryLength = 2000;

    /// <summary>Null while it is a candidate.</summary>
    public ThemeDecision? Decision { get; init; }

    /// <summary>Codes of the institutions that it concerns, in order.</summary>
    public IReadOnlyList<string> Institutions { get; init; } = [];

    /// <summary>What the authors of its proposals are told, where they got no answer of their own.</summary>
    public CommonResponse? Response { get; init; }
}

public enum ThemeOutcome { Adopted, Joined, NotAdopted }

/// <summary>The forum's decision. It is corrected by a later one.</summary>
/// <param name="Into">The code of the adopted theme that it became part of; null where it did not.</param>
/// <param name="Minutes">Where it is written down: "Acta de la CNGAP del 2 de mayo de 2019".</param>
public sealed record ThemeDecision(ThemeOutcome Outcome, string? Into, string Reasons, string Minutes, LocalDate DecidedOn)
{
    public const int ReasonsLength = 4000;
    public const int MinutesLength = 200;
}

/// <param name="Version">Raised each time it is sent.</param>
/// <param name="Outcome">One of the outcomes of a proposal.</param>
public sealed record CommonResponse(int Version, string Outcome, string Reasons, Instant At, string By);
