using NodaTime;
using OpenGov.Functions.Web;
using Xunit;

namespace OpenGov.Functions.Cycles;

public sealed class DateWordsTests
{
    [Theory]
    [InlineData("es", "domingo 28 de abril de 2019, 23:59 (hora de Panamá)")]
    [InlineData("en", "Sunday, 28 April 2019, 23:59 (Panama time)")]
    public void A_deadline_is_written_with_weekday_hour_and_zone(string language, string expected)
    {
        Language.Use(language);
        Assert.Equal(expected, DateWords.Deadline(new LocalDate(2019, 4, 28)));
    }

    [Theory]
    [InlineData("es", "lunes 30 de septiembre de 2019, 23:59 (hora de Panamá)")]
    [InlineData("en", "Monday, 30 September 2019, 23:59 (Panama time)")]
    public void A_moment_is_told_in_the_time_of_Panama(string language, string expected)
    {
        Language.Use(language);
        Assert.Equal(expected, DateWords.Moment(Instant.FromUtc(2019, 10, 1, 4, 59, 59), DateTimeZoneProviders.Tzdb["America/Panama"]));
    }
}
