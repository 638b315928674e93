using NodaTime;
using NodaTime.Extensions;
using NodaTime.Text;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Validations;

namespace OpenGov.Functions.Staff.Decisions;

/// <summary>A decision as typed.</summary>
/// <param name="Request">The id of the nota, and <paramref name="Hash"/> of the answer, as <c>GET /api/commitments</c> gives them.</param>
public sealed record TypedDecision(
    string? Kind, string? Reason, string? Institution = null, string? Request = null, string? Hash = null, string? Text = null,
    string? Replacement = null, string? Due = null, int? Seen = null)
{
    /// <summary>Null where <see cref="Kind"/> names none.</summary>
    public DecisionKind? KindRead => Enum.GetValues<DecisionKind>().Cast<DecisionKind?>().FirstOrDefault(kind => NameOf(kind!.Value) == Kind);

    /// <summary>"ask-again"; what the form and the API call it.</summary>
    public static string NameOf(DecisionKind kind) => kind == DecisionKind.AskAgain ? "ask-again" : kind.ToString().ToLowerInvariant();

    public AskedDecision Read(DecisionKind kind) => new(
        kind, AnswerForm.Clean(Reason ?? ""), Or(Institution), Or(Request), Or(Hash), Or(AnswerForm.Clean(Text ?? "")), Or(Replacement?.Trim().ToUpperInvariant()),
        LocalDatePattern.Iso.Parse(Due?.Trim() ?? "") is { Success: true, Value: var due } ? due : null, Seen);

    private static string? Or(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

/// <param name="Names">Of the institutions, by their codes.</param>
public sealed record DecisionPageModel(ConsolidatedCommitment Commitment, Cycle Cycle, LocalDate Today, IReadOnlyDictionary<string, string> Names)
{
    public TypedDecision? Typed { get; init; }

    /// <summary>What became of <see cref="Typed"/>; null where nothing was.</summary>
    public Deciding? Outcome { get; init; }

    /// <summary>The decision that was just taken.</summary>
    public DecisionKind? Done { get; init; }
}

public sealed class DecisionDesk(ConsolidatedCommitments commitments, InstitutionStore institutions, CurrentCycle cycles, TimeProvider clock)
{
    /// <summary>Null where there is no such commitment.</summary>
    public async Task<DecisionPageModel?> ModelAsync(string number, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        return await commitments.FindAsync(cycle, number, cancel) is not { } commitment ? null : new DecisionPageModel(
            commitment, cycle, cycle.DateOf(clock.GetCurrentInstant()),
            (await institutions.ListAsync(cycle, cancel)).ToDictionary(institution => institution.Code, institution => institution.Name));
    }
}
