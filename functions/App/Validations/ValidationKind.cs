using System.Text;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Validations;

/// <summary>What an institution is told of a commitment beside its text.</summary>
/// <param name="IsLead">The institution that is asked would lead it; else it would support it.</param>
/// <param name="Version">Of the commitment's text, from 1 on.</param>
/// <param name="Why">Why it is asked outside the first round; null in it.</param>
public sealed record ValidationItem(string Theme, string LeadName, IReadOnlyList<string> Supporting, bool IsLead, int Version = 1, WhyAsked? Why = null);

/// <param name="Instead">The institution that said it was not its own, or did not answer, by its name; null where there was none.</param>
public sealed record WhyAsked(DecisionKind Decision, string Reason, string? Instead);

/// <summary>Activity 10: an institution approves a commitment, says why it is not viable and what instead, or whose it is.</summary>
public sealed class ValidationKind(IStringLocalizer<ValidationTexts> texts) : IRequestKind
{
    public const string Name = "validation";
    public const string Approve = "approve";
    public const string NotViable = "not-viable";
    public const string NotCompetent = "not-competent";
    public const string Counterproposal = "counterproposal";
    private const int ReasonsLength = 4000;
    public const int CounterproposalLength = 8000;
    private const int CompetentLength = 200;

    public IReadOnlyList<RequestChoice> Choices { get; } =
    [
        new(Approve),
        new(NotViable, new ChoiceField("reasons", ReasonsLength), new ChoiceField(Counterproposal, CounterproposalLength)),
        new(NotCompetent, new ChoiceField("competent", CompetentLength, FieldFormat.Line)),
    ];

    public string Kind => Name;

    public string Activity => ActivityKeys.Validation;

    /// <summary>Staff choose commitments; who is asked follows from them.</summary>
    public string SentFrom => "/staff/commitments";

    public IStringLocalizer Texts => texts;

    public IReadOnlyList<(string Label, string Value)> FactsOf(RequestItem item)
    {
        var data = item.DataAs<ValidationItem>();
        var facts = new List<(string, string)> { (texts["Theme"], data.Theme), (texts["Role"], texts[data.IsLead ? "RoleLead" : "RoleSupporting"]) };
        if (!data.IsLead)
        {
            facts.Add((texts["Lead-institution"], data.LeadName));
        }
        if (data.Supporting.Count > 0)
        {
            facts.Add((texts["Supporting"], string.Join(", ", data.Supporting)));
        }
        if (data.Why is { } why)
        {
            facts.Add((texts["WhyAsked"], texts[$"Why-{why.Decision}", why.Reason, why.Instead ?? ""]));
        }
        return facts;
    }

    public IReadOnlyList<string> Faults { get; } = ["SameAsOriginal"];

    /// <summary>A counterproposal that repeats the original, with other spaces, capitals or marks, proposes nothing.</summary>
    public string? FaultOf(RequestItem item, string field, IReadOnlyDictionary<string, string> said) =>
        field == Counterproposal && Words(said[field]) == Words(item.Text) ? "SameAsOriginal" : null;

    private static string Words(string text) => new([.. text.Normalize(NormalizationForm.FormC).Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant)]);
}
