using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Liaisons;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Themes;
using OpenGov.Functions.Validations;

namespace OpenGov.Functions.Development;

/// <param name="IsLead">It fills in the commitment; the others their own milestones.</param>
public sealed record DevelopmentItem(bool IsLead);

/// <summary>Activity 12: the liaisons develop the commitments of their institutions in OGP's fields, before the table or at it.</summary>
public sealed class DevelopmentKind(
    ConsolidatedCommitments commitments, LiaisonOffices offices, ThemeStore themes, LiaisonStore liaisons, IStringLocalizer<DevelopmentTexts> texts) : IRequestKind
{
    public const string Name = "development";

    public string Kind => Name;

    public string Activity => ActivityKeys.Development;

    public string Asks => LiaisonOffices.Name;

    public bool IsBinding => false;

    public IStringLocalizer Texts => texts;

    /// <summary>Of the lead institution.</summary>
    public IReadOnlyList<RequestChoice> Choices => [new("develop", [.. LeadFields, .. Milestones])];

    public IReadOnlyList<RequestChoice> ChoicesOf(RequestItem item) => item.DataAs<DevelopmentItem>().IsLead ? Choices : [new("develop", [.. Milestones])];

    public IReadOnlyList<(string Label, string Value)> FactsOf(RequestItem item) =>
        [(texts["Role"], texts[item.DataAs<DevelopmentItem>().IsLead ? "RoleLead" : "RoleSupporting"])];

    public IReadOnlyList<string> Faults { get; } = ["EndsBeforeItStarts", "MilestoneMissing"];

    public string? FaultOf(RequestItem item, string field, IReadOnlyDictionary<string, string> said) => DevelopmentRules.FaultOf(field, said);

    /// <summary>Each institution that carries commitments, for each of its themes.</summary>
    public async Task<IReadOnlyList<Inquiry>> InquiriesAsync(Cycle cycle, CancellationToken cancel)
    {
        var byName = (await themes.ListAsync(cycle, cancel)).ToDictionary(theme => theme.Name, theme => theme.Code, StringComparer.OrdinalIgnoreCase);
        var named = (await liaisons.ListAsync(cycle, cancel)).ToLookup(liaison => liaison.Institution, liaison => liaison.Theme);
        var inquiries = new List<Inquiry>();
        var carried = (await commitments.ListAsync(cycle, cancel)).Where(commitment => commitment.IsOfPlan)
            .SelectMany(commitment => commitment.Supporting.Prepend(commitment.Lead).Select(institution => (Institution: institution, Commitment: commitment)))
            .GroupBy(one => (one.Institution, Seat: SeatOf(one.Institution, one.Commitment)));
        foreach (var place in carried.OrderBy(place => place.Key.Institution, StringComparer.Ordinal).ThenBy(place => place.Key.Seat, StringComparer.Ordinal))
        {
            if (await offices.FindAsync(cycle, place.Key.Institution, place.Key.Seat, cancel) is { } to)
            {
                inquiries.Add(new Inquiry(to, [.. place.Select(one => ItemOf(one.Commitment, one.Commitment.Lead == place.Key.Institution))]));
            }
        }
        return inquiries;

        // A commitment of no theme of this cycle goes to a liaison of the institution, whichever theme it is of.
        string? SeatOf(string institution, ConsolidatedCommitment commitment) =>
            byName.TryGetValue(commitment.Case.Draft.Theme, out var theme) && named[institution].Contains(theme) ? theme : named[institution].FirstOrDefault();
    }

    private static RequestItem ItemOf(ConsolidatedCommitment commitment, bool isLead) => new RequestItem(
        commitment.Number, commitment.Case.Draft.Title, commitment.Case.Current.Text).With(new DevelopmentItem(isLead));

    private static IEnumerable<ChoiceField> LeadFields =>
    [
        .. DevelopmentFields.All.Select(name => new ChoiceField(name, DevelopmentFields.LengthOf(name), Optional: true)),
        new("starts", 10, FieldFormat.Date, Optional: true),
        new("ends", 10, FieldFormat.Date, Optional: true),
    ];

    private IEnumerable<ChoiceField> Milestones => Enumerable.Range(1, DevelopmentFields.MostMilestones).SelectMany(MilestoneFields);

    private IEnumerable<ChoiceField> MilestoneFields(int number) => DevelopmentFields.OfMilestone.Select(name =>
        new ChoiceField($"{name}-{number}", DevelopmentFields.LineLength, name is "starts" or "ends" ? FieldFormat.Date : FieldFormat.Line, Optional: true)
        {
            Label = texts[$"Of-{name}", number],
            Group = texts["Of-group", number],
        });
}

/// <summary>Names the resources of this folder.</summary>
public sealed class DevelopmentTexts;
