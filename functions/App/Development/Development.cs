using NodaTime;
using NodaTime.Text;
using OpenGov.Functions.Requests;

namespace OpenGov.Functions.Development;

/// <summary>A meta of a commitment: what will be done, what proves it, when, and by which office.</summary>
/// <param name="Institution">Its code.</param>
public sealed record Milestone(string Text, string Deliverable, LocalDate? Starts, LocalDate? Ends, string Office, string Institution)
{
    public bool IsComplete => Deliverable.Length > 0 && Starts is not null && Ends is not null && Office.Length > 0;
}

/// <summary>A commitment in OGP's fields (template of the cycle 2019), as far as it is filled in.</summary>
/// <param name="Texts">By the names of <see cref="DevelopmentFields"/>.</param>
public sealed record CommitmentDevelopment(IReadOnlyDictionary<string, string> Texts, LocalDate? Starts, LocalDate? Ends, IReadOnlyList<Milestone> Milestones)
{
    public static CommitmentDevelopment Empty { get; } = new(new Dictionary<string, string>(), null, null, []);

    public string this[string field] => Texts.GetValueOrDefault(field, "");

    /// <summary>Names of what OGP asks for and is not there; "milestones" where there is none, "milestone-details" where one is not whole.</summary>
    public IReadOnlyList<string> Missing =>
    [
        .. DevelopmentFields.Required.Where(name => this[name].Length == 0),
        .. Starts is null ? ["starts"] : Array.Empty<string>(),
        .. Ends is null ? ["ends"] : Array.Empty<string>(),
        .. Milestones.Count == 0 ? ["milestones"] : Milestones.All(milestone => milestone.IsComplete) ? Array.Empty<string>() : ["milestone-details"],
    ];

    /// <summary>Of all that is asked for, in per cent.</summary>
    public int Completeness => 100 * (DevelopmentFields.Required.Count + 3 - Missing.Count) / (DevelopmentFields.Required.Count + 3);
}

public static class DevelopmentFields
{
    public const int MostMilestones = 8;
    public const int LineLength = 300;
    public const int TextLength = 4000;
    public const int ActorsLength = 1000;

    public static IReadOnlyList<string> OfMilestone { get; } = ["milestone", "deliverable", "starts", "ends", "office"];

    public static IReadOnlyList<string> Required { get; } = ["problem", "contribution", "values"];

    public static IReadOnlyList<string> All { get; } = ["problem", "contribution", "values", "additional", "state-actors", "other-actors"];

    public static int LengthOf(string field) => field is "state-actors" or "other-actors" ? ActorsLength : TextLength;
}

public static class DevelopmentRules
{
    /// <summary>What the liaisons filled in, put together: the lead's texts, and everybody's milestones by their ends.</summary>
    /// <param name="said">The lead's first.</param>
    public static CommitmentDevelopment Merge(IEnumerable<(string Institution, bool IsLead, ItemAnswer Answer)> said)
    {
        var all = said.ToList();
        var lead = all.Where(one => one.IsLead).Select(one => one.Answer.Texts).LastOrDefault() ?? new Dictionary<string, string>();
        return new CommitmentDevelopment(
            DevelopmentFields.All.Where(lead.ContainsKey).ToDictionary(field => field, field => lead[field]), DateOf(lead, "starts"), DateOf(lead, "ends"),
            [.. all.SelectMany(one => MilestonesOf(field => one.Answer.Texts.GetValueOrDefault(field, ""), one.Institution)).OrderBy(milestone => milestone.Ends ?? LocalDate.MaxIsoValue)]);
    }

    /// <param name="field">What was typed, by name: "milestone-1", "deliverable-1", "starts-1", "ends-1", "office-1".</param>
    public static IEnumerable<Milestone> MilestonesOf(Func<string, string> field, string institution) => Enumerable.Range(1, DevelopmentFields.MostMilestones)
        .Where(number => field($"milestone-{number}").Length > 0)
        .Select(number => new Milestone(
            field($"milestone-{number}"), field($"deliverable-{number}"), Date(field($"starts-{number}")), Date(field($"ends-{number}")), field($"office-{number}"),
            field($"institution-{number}") is { Length: > 0 } own ? own : institution));

    /// <summary>The name of a text that says what is wrong with the field beside the others; null where nothing is.</summary>
    public static string? FaultOf(string field, IReadOnlyDictionary<string, string> said)
    {
        var number = field.LastIndexOf('-') is >= 0 and var cut && int.TryParse(field.AsSpan(cut + 1), out var read) ? read : 0;
        return field == "ends" && IsBefore(said, "ends", "starts") ? "EndsBeforeItStarts"
            : number == 0 ? null
            : field.StartsWith("ends-", StringComparison.Ordinal) && IsBefore(said, field, $"starts-{number}") ? "EndsBeforeItStarts"
            : !field.StartsWith("milestone-", StringComparison.Ordinal) && said.GetValueOrDefault($"milestone-{number}", "").Length == 0 ? "MilestoneMissing"
            : null;
    }

    private static bool IsBefore(IReadOnlyDictionary<string, string> said, string one, string other) =>
        DateOf(said, one) is { } first && DateOf(said, other) is { } second && first < second;

    private static LocalDate? DateOf(IReadOnlyDictionary<string, string> said, string field) => Date(said.GetValueOrDefault(field, ""));

    public static LocalDate? Date(string text) => LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var date } ? date : null;
}
