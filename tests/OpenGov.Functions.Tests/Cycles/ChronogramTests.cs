using Ical.Net;
using NodaTime;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;
using Xunit;

namespace OpenGov.Functions.Cycles;

public sealed class ChronogramTests
{
    private static readonly Cycle Panama = CycleFile.Read("panama-2019-2021") with { Version = 1, LoadedAt = Instant.FromUtc(2019, 1, 2, 13, 0) };

    /// <summary>Midnight in Panama is 05:00 UTC.</summary>
    [Theory]
    [InlineData("call-for-proposals", "2019-02-22T04:59:59", ActivityState.Upcoming)]
    [InlineData("call-for-proposals", "2019-02-22T05:00:00", ActivityState.Open)]
    [InlineData("call-for-proposals", "2019-04-29T04:59:59", ActivityState.Open)]
    [InlineData("call-for-proposals", "2019-04-29T05:00:00", ActivityState.Closed)]
    [InlineData("liaisons", "2019-07-01T04:59:59", ActivityState.Upcoming)]
    [InlineData("liaisons", "2019-07-01T05:00:00", ActivityState.Open)]
    [InlineData("high-level-meetings", "2019-09-01T04:59:59", ActivityState.Open)]
    [InlineData("high-level-meetings", "2019-09-01T05:00:00", ActivityState.Closed)]
    public void An_activity_opens_and_closes_at_midnight_in_Panama(string key, string utc, ActivityState expected) =>
        Assert.Equal(expected, Panama.Activity(key).StateOn(Panama.DateOf(Notices.NoticePlannerTests.Moment(utc))));

    [Theory]
    [InlineData("es", "2. Convocatoria abierta para recolectar propuestas de temáticas")]
    [InlineData("en", "2. Open call for proposals of themes")]
    public void The_calendar_holds_an_all_day_event_for_each_activity(string language, string summary)
    {
        Language.Use(language);
        var text = ChronogramCalendar.Of(Panama, new Uri("https://example.org/chronogram?lang=es"), "{0} {1} {2}");
        var events = Calendar.Load(text)!.Events.OrderBy(entry => entry.Start!.Value).ToList();
        Assert.Equal(15, events.Count);
        Assert.Equal(15, events.Select(entry => entry.Uid).Distinct().Count());
        var call = events.Single(entry => entry.Uid == "2019-2021-call-for-proposals@example.org");
        Assert.Equal(summary, call.Summary);
        Assert.Equal("https://example.org/chronogram?lang=es#call-for-proposals", call.Url!.ToString());
        Assert.Contains("DTSTART;VALUE=DATE:20190222\r\n", text, StringComparison.Ordinal);
        Assert.Contains("DTEND;VALUE=DATE:20190429\r\n", text, StringComparison.Ordinal);
        Assert.Contains("DTSTAMP:20190102T130000Z\r\n", text, StringComparison.Ordinal);
        Assert.All(text.Split("\r\n"), line => Assert.DoesNotContain('\n', line));
    }

    [Fact]
    public void The_drawing_keeps_every_bar_within_its_year()
    {
        var drawing = new ChronogramDrawing(Panama, new LocalDate(2019, 2, 22));
        Assert.Equal(12, drawing.Months.Count);
        Assert.All(drawing.Bars, bar => Assert.True(bar.X >= 0 && bar.X + bar.Width <= ChronogramDrawing.Width && bar.Width > 0));
        Assert.Equal(drawing.Bars[1].X, drawing.Today);
        Assert.Null(new ChronogramDrawing(Panama, new LocalDate(2020, 2, 1)).Today);
    }

    [Fact]
    public void Marking_done_twice_changes_nothing()
    {
        var done = MarkActivityDone.With(Panama, "outreach", new LocalDate(2019, 6, 20))!;
        Assert.Equal(ActivityState.Done, done.Activity("outreach").StateOn(new LocalDate(2019, 6, 21)));
        Assert.Null(MarkActivityDone.With(done, "outreach", new LocalDate(2019, 6, 21)));
        Assert.Null(MarkActivityDone.With(done, "outreach", null)!.Activity("outreach").Done);
    }

    [Theory]
    [InlineData("no-such-cycle", "neither an embedded cycle nor a file")]
    [InlineData("{", "line 1: it cannot be read as JSON")]
    [InlineData("{}", "line 1 (id): the id is missing")]
    [InlineData("null", "nothing is written")]
    public void A_cycle_that_cannot_be_read_stops_the_start_with_one_line(string content, string problem)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, content);
            var fault = Assert.Throws<InvalidSettingException>(() => CycleFile.Read(content.Contains("cycle", StringComparison.Ordinal) ? content : path));
            Assert.Contains(problem, fault.Message, StringComparison.Ordinal);
            Assert.StartsWith("Setting Cycle__File ", fault.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', fault.Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_cycle_with_a_fault_is_refused()
    {
        var call = Panama.Call;
        Assert.Empty(CycleFaults.Of(Panama));
        Assert.Equal(("activities[1].closes", "ClosesBeforeItOpens"), FaultOf(With(call with { Opens = call.Closes.PlusDays(1) })));
        Assert.Equal(("activities[1].number", "Twice"), FaultOf(With(call with { Number = 1 })));
        Assert.Equal(("activities[1].title", "TwoLanguages"), FaultOf(With(call with { Title = new("a", "") })));
        Assert.Equal(("activities[1].follows", "IsNull"), FaultOf(With(call with { Follows = null! })));
        Assert.Equal(("activities[1]", "IsNull"), FaultOf(With(null!)));
        Assert.Contains(CycleFaults.Of(With(call with { Key = "other" })), fault => fault.Text == "KeyLacks");
        Assert.Equal(("timeZone", "Zone"), FaultOf(Panama with { TimeZone = "America/Nowhere" }));
        Assert.Equal(("lanes", "Lanes"), FaultOf(Panama with { Lanes = 0 }));
        Assert.Equal(("notices.lateEvery", "LateEvery"), FaultOf(Panama with { Notices = Panama.Notices with { LateEvery = 0 } }));
        Assert.Equal(("plan.contraryFrom", "BeforeDue"), FaultOf(Panama with { Plan = Panama.Plan! with { ContraryFrom = new LocalDate(2019, 1, 1) } }));

        static (string, string) FaultOf(Cycle cycle) => Assert.Single(CycleFaults.Of(cycle)) is var fault ? (fault.Place, fault.Text) : default;

        static Cycle With(Activity changed) => Panama with { Activities = [.. Panama.Activities.Select(activity => activity.Key == ActivityKeys.Call ? changed : activity)] };
    }
}
