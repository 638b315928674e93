using System.Text.Json.Serialization;
using NodaTime;

namespace OpenGov.Functions.Cycles;

/// <summary>One plan's co-creation: its chronogram and the facts that rules depend on. Another country is another data file.</summary>
/// <param name="Id">"2019-2021"; part of every key.</param>
/// <param name="Lanes">Partitions over which its proposals are spread; fixed when the cycle is created.</param>
/// <param name="LoadedAt">What precedes it is never announced.</param>
/// <param name="Version">Raised by every change of dates: a notice of an older version does not go out.</param>
public sealed record Cycle(
    string Id, LocalizedText Name, string TimeZone, int Lanes, Instant LoadedAt, int Version,
    IReadOnlyList<Activity> Activities, IReadOnlyList<LocalDate> Holidays, NoticePolicy Notices,
    IReadOnlyList<Territory> Territories)
{
    /// <summary>Due dates beside the chronogram's own: what an activity still owes after its date. Each has its activity's number.</summary>
    public IReadOnlyList<Activity> Deadlines { get; init; } = [];

    /// <summary>OGP's limits for the plan; null where the cycle knows none.</summary>
    public PlanDates? Plan { get; init; }

    /// <summary>The activities, each followed by what it still owes.</summary>
    [JsonIgnore]
    public IReadOnlyList<Activity> Dated => [.. Activities.Concat(Deadlines).OrderBy(dated => dated.Number)];

    /// <summary>Every change of its dates, the first first.</summary>
    public IReadOnlyList<Rebaselining> Rebaselinings { get; init; } = [];

    [JsonIgnore]
    public DateTimeZone Zone => DateTimeZoneProviders.Tzdb[TimeZone];

    [JsonIgnore]
    public Activity Call => Activity(ActivityKeys.Call);

    [JsonIgnore]
    public WorkingDays WorkingDays => new(Holidays);

    public Activity Activity(string key) => Dated.Single(activity => activity.Key == key);

    public LocalDate DateOf(Instant moment) => moment.InZone(Zone).Date;

    /// <summary>The first moment after a deadline that falls on <paramref name="date"/>.</summary>
    public Instant EndOf(LocalDate date) => Zone.AtStartOfDay(date.PlusDays(1)).ToInstant();

    public Instant StartOf(LocalDate date) => Zone.AtStartOfDay(date).ToInstant();
}

/// <param name="Opens">Inclusive.</param>
/// <param name="Closes">Inclusive: the deadline is 23:59:59 of this day.</param>
/// <param name="Label">The date as the source prints it.</param>
/// <param name="Done">Null until staff mark it done.</param>
public sealed record Activity(
    int Number, string Key, LocalizedText Title, LocalizedText Label, string Responsible,
    LocalDate Opens, LocalDate Closes, LocalDate? Done = null)
{
    /// <summary>Keys of the activities that must be over before it opens.</summary>
    public IReadOnlyList<string> Follows { get; init; } = [];

    /// <summary>Who reads its notices beside the staff.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    public ActivityState StateOn(LocalDate today) =>
        Done is not null ? ActivityState.Done
        : today < Opens ? ActivityState.Upcoming
        : today <= Closes ? ActivityState.Open
        : ActivityState.Closed;
}

/// <param name="Due">Inclusive: later the plan is late.</param>
/// <param name="ContraryFrom">From this day on the delivery is contrary to process.</param>
/// <param name="ImplementationEnds">Whenever it was delivered.</param>
/// <param name="AmendmentsUntil">Inclusive.</param>
public sealed record PlanDates(LocalDate Due, LocalDate ContraryFrom, LocalDate ImplementationEnds, LocalDate AmendmentsUntil);

public enum ActivityState { Upcoming, Open, Closed, Done }

/// <summary>Keys of the activities that features refer to.</summary>
public static class ActivityKeys
{
    public const string MethodsMeeting = "methods-meeting";
    public const string Call = "call-for-proposals";
    public const string Themes = "theme-selection";
    public const string Responses = "responses";
    public const string Outreach = "outreach";
    public const string Continued = "continued-commitments";
    public const string TablesMethod = "tables-method";
    public const string Liaisons = "liaisons";
    public const string HighLevelMeetings = "high-level-meetings";
    public const string Tables = "co-creation-tables";
    public const string Validation = "validation";
    public const string Presented = "commitments-presented";
    public const string Development = "development-tables";
    public const string PlanApproval = "plan-approval";
    public const string Delivery = "delivery";
    public const string Launch = "launch";

    /// <summary>Without which no cycle is loaded.</summary>
    public static IReadOnlyList<string> Required { get; } = [Call, Themes, Validation];
}

public sealed record LocalizedText(string Es, string En)
{
    public override string ToString() => Web.Language.Current == Web.Language.English ? En : Es;
}

public sealed record Territory(string Code, string Name);

/// <summary>Days before an occasion on which it is announced; 0 is the day itself.</summary>
/// <param name="OpensLong">Also for windows longer than a week.</param>
/// <param name="LateEvery">Days between reminders of what is late.</param>
/// <param name="RequestWorkingDaysBefore">Working days before a request's due date.</param>
public sealed record NoticePolicy(
    IReadOnlyList<int> Opens, IReadOnlyList<int> OpensLong, IReadOnlyList<int> Closes, int LateEvery,
    IReadOnlyList<int> RequestWorkingDaysBefore);
