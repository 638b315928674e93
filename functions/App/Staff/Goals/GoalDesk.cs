using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime;
using NodaTime.Text;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Development;
using OpenGov.Functions.Staff.Lists;

namespace OpenGov.Functions.Staff.Goals;

/// <param name="Confirmed">Of all, whatever the list is narrowed to.</param>
public sealed record GoalListModel(ListView<DevelopedCommitment> List, int Confirmed);

public sealed class GoalDesk(Developments developments, CurrentCycle cycles, IStringLocalizer<GoalTexts> texts) : IStaffList
{
    public string Name => "development";

    public async Task<GoalListModel> ReadAsync(ListQuery asked, CancellationToken cancel)
    {
        var all = await developments.ListAsync(await cycles.GetAsync(cancel), cancel);
        return new GoalListModel(ListView.Of(ShapeOf(all), all, asked), all.Count(one => one.IsConfirmed));
    }

    async Task<ListView> IStaffList.ReadAsync(ListQuery asked, CancellationToken cancel) => (await ReadAsync(asked, cancel)).List;

    private ListShape<DevelopedCommitment> ShapeOf(IReadOnlyList<DevelopedCommitment> all) => new(
        Name, "/staff/development",
        one => $"{one.Number} {one.Commitment.Case.Draft.Title} {string.Join(' ', one.Now.Milestones.Select(milestone => milestone.Text))}",
        [
            new("state", [("confirmed", texts["Confirmed"]), ("open", texts["Open"]), ("newer", texts["Newer"]), ("incomplete", texts["Incomplete"])],
                one => [one.IsConfirmed ? "confirmed" : "open", one.HasNewer ? "newer" : null, one.Now.Missing.Count > 0 ? "incomplete" : null]),
            new("institution", [.. all.Select(one => one.Commitment.Lead).Distinct().Order(ListOrder.Words).Select(code => (code, code))], one => one.Commitment.Lead),
        ],
        [
            ListOrder.ByWords("number", (DevelopedCommitment one) => one.Number),
            ListOrder.By("completeness", (DevelopedCommitment one) => one.Now.Completeness),
            ListOrder.ByWords("lead", (DevelopedCommitment one) => one.Commitment.Lead),
        ],
        [
            new("number", one => one.Number),
            new("title", one => one.Commitment.Case.Draft.Title),
            new("lead", one => one.Commitment.Lead),
            new("completeness", one => one.Now.Completeness.ToString(CultureInfo.InvariantCulture)),
            new("milestones", one => one.Now.Milestones.Count.ToString(CultureInfo.InvariantCulture)),
            new("starts", one => Day(one.Now.Starts)),
            new("ends", one => Day(one.Now.Ends)),
            new("state", one => texts[one.IsConfirmed ? "Confirmed" : "Open"]),
            new("newer", one => one.HasNewer ? texts["Newer"].Value : null),
        ]);

    private static string? Day(LocalDate? date) => date is { } day ? LocalDatePattern.Iso.Format(day) : null;
}
