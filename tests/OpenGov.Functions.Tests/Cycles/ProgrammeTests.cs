using NodaTime;
using NodaTime.Text;

namespace OpenGov.Functions.Cycles;

public sealed class ProgrammeTests
{
    private static readonly Cycle Programme = CycleFile.Read("panama-2019-2021");

    [Theory]
    [InlineData(1, "2019-01-11", "2019-01-11", "11 de enero")]
    [InlineData(2, "2019-02-22", "2019-04-28", "22 de febrero – 28 de abril")]
    [InlineData(3, "2019-05-02", "2019-05-02", "2 de mayo")]
    [InlineData(4, "2019-05-01", "2019-06-30", "Mayo a junio")]
    [InlineData(5, "2019-05-01", "2019-06-30", "Mayo a junio")]
    [InlineData(6, "2019-06-01", "2019-06-30", "Junio")]
    [InlineData(7, "2019-07-01", "2019-07-31", "Julio")]
    [InlineData(8, "2019-08-01", "2019-08-31", "Agosto")]
    [InlineData(9, "2019-09-16", "2019-09-27", "3° - 4° semana de sept.")]
    [InlineData(10, "2019-10-01", "2019-10-11", "1° - 2° semana de octubre")]
    [InlineData(11, "2019-10-14", "2019-10-18", "3° semana de octubre")]
    [InlineData(12, "2019-10-14", "2019-10-25", "3° - 4° semana de octubre")]
    [InlineData(13, "2019-11-04", "2019-11-15", "1° - 2° semana de nov.")]
    [InlineData(14, "2019-11-18", "2019-11-29", "3° - 4° semana de nov.")]
    [InlineData(15, "2019-12-02", "2019-12-13", "1° - 2° semana de dic.")]
    public void Each_activity_has_its_dates_and_its_label_as_printed(int number, string opens, string closes, string label)
    {
        var activity = Programme.Activities.Single(candidate => candidate.Number == number);

        Assert.Equal(Date(opens), activity.Opens);
        Assert.Equal(Date(closes), activity.Closes);
        Assert.Equal(label, activity.Label.Es);
    }

    [Theory]
    [InlineData("2019-02-21", ActivityState.Upcoming)]
    [InlineData("2019-02-22", ActivityState.Open)]
    [InlineData("2019-04-28", ActivityState.Open)]
    [InlineData("2019-04-29", ActivityState.Closed)]
    public void What_is_open_follows_from_the_day(string day, ActivityState state) =>
        Assert.Equal(state, Programme.Call.StateOn(Date(day)));

    [Fact]
    public void A_day_ends_at_midnight_in_Panama_which_is_five_hours_later_in_UTC() =>
        Assert.Equal(Instant.FromUtc(2019, 4, 29, 5, 0), Programme.EndOf(Programme.Call.Closes));

    [Theory]
    [InlineData("2019-04-19", "2019-04-22", "2019-04-18")]
    [InlineData("2019-05-01", "2019-05-02", "2019-04-30")]
    [InlineData("2019-11-03", "2019-11-06", "2019-11-01")]
    [InlineData("2019-12-31", "2019-12-31", "2019-12-31")]
    public void Weekends_and_holidays_are_no_working_days(string day, string next, string before)
    {
        Assert.Equal(Date(next), Programme.WorkingDays.OnOrAfter(Date(day)));
        Assert.Equal(Date(before), Programme.WorkingDays.OnOrBefore(Date(day)));
    }

    private static LocalDate Date(string text) => LocalDatePattern.Iso.Parse(text).Value;
}
