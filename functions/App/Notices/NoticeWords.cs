using Microsoft.Extensions.Localization;
using NodaTime;
using OpenGov.Functions.Cycles;

namespace OpenGov.Functions.Notices;

/// <summary>Says why a notice goes out on its day, so that staff can check it.</summary>
public sealed class NoticeWords(IStringLocalizer<NoticeTexts> texts)
{
    public string HowComputed(DueNotice notice) => string.Join(' ', notice.Occasions.Select(occasion => HowComputed(occasion, notice.SendOn)).Distinct());

    private string HowComputed(Occasion occasion, LocalDate sendOn)
    {
        var counted = Counted(occasion);
        var why = Occasions.DaysBefore(occasion.Name) is { } days
            ? texts[$"How{occasion.Name[..occasion.Name.IndexOf('-', StringComparison.Ordinal)]}{(days == 0 ? "Day" : "")}", days, DateWords.Day(occasion.Date)]
            : texts[$"How{occasion.Name}", DateWords.Day(occasion.Date)];
        return counted is { } day && day != sendOn
            ? texts[day < sendOn ? "HowForward" : "HowBack", why, DateWords.Day(day), DateWords.Day(sendOn)]
            : texts["HowOnTheDay", why, DateWords.Day(sendOn)];
    }

    /// <summary>The day as counted, before it is moved to a working day; null where it is counted in working days.</summary>
    private static LocalDate? Counted(Occasion occasion) =>
        occasion.Name == Occasions.Late ? occasion.Date
        : occasion.Name == Occasions.NoAnswer ? occasion.Date.PlusDays(1)
        : occasion.Name == Occasions.HalfWay ? null
        : Occasions.DaysBefore(occasion.Name) is { } days && (days == 0 || !occasion.Name.StartsWith(Occasions.DuePrefix, StringComparison.Ordinal)) ? occasion.Date.PlusDays(-days)
        : null;
}
