using Microsoft.Extensions.Localization;
using NodaTime;
using NodaTime.Text;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Meetings.HighLevel;

/// <summary>Activity 8: an institution is asked for a meeting of its authority with ANTAI and members of the forum; dates are offered.</summary>
public sealed class HighLevelKind(HighLevelMap map, IStringLocalizer<HighLevelTexts> texts) : IRequestKind
{
    public const string Name = "high-level-meeting";
    private const string ItemNumber = "1";
    private const string OtherDate = "other";
    private const int MostDates = 6;
    private static readonly LocalDateTimePattern Typed = LocalDateTimePattern.CreateWithInvariantCulture("yyyy-MM-dd HH:mm");

    public string Kind => Name;

    public string Activity => ActivityKeys.HighLevelMeetings;

    public bool IsBinding => false;

    public IStringLocalizer Texts => texts;

    /// <summary>Beside the dates that are offered.</summary>
    public IReadOnlyList<RequestChoice> Choices { get; } = [new(OtherDate, new ChoiceField("proposed", RequestLimits.Line, FieldFormat.Line), Attends)];

    public IReadOnlyList<RequestChoice> ChoicesOf(RequestItem item) =>
    [
        .. OfferedIn(item).Select((at, index) => new RequestChoice($"date-{index + 1}", Attends) { Label = $"{DateWords.Day(at.Date)}, {at.ToString("HH:mm", null)}" }),
        .. Choices,
    ];

    public RequestItem? WithDetails(RequestItem item, string details, Cycle cycle)
    {
        var offered = details.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => Typed.Parse(line)).ToList();
        return offered.Count is 0 or > MostDates || offered.Exists(read => !read.Success) ? null
            : item.With(new Offer([.. offered.Select(read => read.Value).Distinct().Order()]));
    }

    public async Task<IReadOnlyList<Inquiry>> InquiriesAsync(Cycle cycle, CancellationToken cancel) =>
    [
        .. (await map.ReadAsync(cancel)).Where(place => place.State is HighLevelState.NotAsked or HighLevelState.Asked or HighLevelState.NoAnswer)
            .Select(place => new Inquiry(Authorities.Of(place.Institution), [new RequestItem(ItemNumber, texts["Item"], texts["Agenda"]).With(new Offer([]))])),
    ];

    /// <summary>The date to which the office agreed; null where it proposed another.</summary>
    public static LocalDateTime? AgreedIn(OfficialRequest request, RequestAnswer answer) =>
        answer.Items[0].Choice is var choice && choice != OtherDate ? OfferedIn(request.Items[0])[int.Parse(choice[^1..], System.Globalization.CultureInfo.InvariantCulture) - 1] : null;

    private static ChoiceField Attends => new("attends", RequestLimits.Line, FieldFormat.Line, Optional: true);

    private static IReadOnlyList<LocalDateTime> OfferedIn(RequestItem item) => item.DataAs<Offer>().Dates;

    private sealed record Offer(IReadOnlyList<LocalDateTime> Dates);
}

/// <summary>Names the resources of this folder.</summary>
public sealed class HighLevelTexts;
