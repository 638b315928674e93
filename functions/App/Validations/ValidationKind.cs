using System.Text.Json;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Validations;

/// <summary>What an institution is told of a commitment beside its text.</summary>
/// <param name="IsLead">The institution that is asked would lead it; else it would support it.</param>
public sealed record ValidationItem(string Theme, string LeadName, IReadOnlyList<string> Supporting, bool IsLead);

/// <summary>Activity 10: an institution approves a commitment, says why it is not viable and what instead, or whose it is.</summary>
public sealed class ValidationKind(IStringLocalizer<ValidationTexts> texts) : IRequestKind
{
    public const string Name = "validation";
    private const int ReasonsLength = 4000;
    private const int CounterproposalLength = 8000;
    private const int CompetentLength = 200;

    public string Kind => Name;

    public IStringLocalizer Texts => texts;

    public IReadOnlyList<RequestChoice> Choices { get; } =
    [
        new("approve"),
        new("not-viable", new ChoiceField("reasons", ReasonsLength), new ChoiceField("counterproposal", CounterproposalLength)),
        new("not-competent", new ChoiceField("competent", CompetentLength, OneLine: true)),
    ];

    public IReadOnlyList<(string Label, string Value)> FactsOf(RequestItem item)
    {
        var data = item.Data.Deserialize<ValidationItem>(Json.Options)!;
        var facts = new List<(string, string)> { (texts["Theme"], data.Theme), (texts["Role"], texts[data.IsLead ? "RoleLead" : "RoleSupporting"]) };
        if (!data.IsLead)
        {
            facts.Add((texts["Lead-institution"], data.LeadName));
        }
        if (data.Supporting.Count > 0)
        {
            facts.Add((texts["Supporting"], string.Join(", ", data.Supporting)));
        }
        return facts;
    }

    /// <summary>A counterproposal that repeats the original proposes nothing.</summary>
    public string? FaultOf(RequestItem item, ChoiceField field, string text) =>
        field.Name == "counterproposal" && Words(text) == Words(item.Text) ? "SameAsOriginal" : null;

    public IEnumerable<Effect> FollowConfirmation(OfficialRequest request, RequestAnswer answer) => [];

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
