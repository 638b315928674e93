using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;

namespace OpenGov.Functions.Meetings;

/// <summary>What the mails about a meeting have in common, whoever gets them.</summary>
internal static class MeetingMail
{
    /// <param name="what">"Invitation", "Open", "Registered" or "Changed": names the texts, but for a meeting that was cancelled.</param>
    public static string WhatOf(Meeting meeting, string what) => meeting.Cancelled is not null ? "Cancelled" : what;

    public static string Subject(Meeting meeting, string what, IStringLocalizer<MeetingTexts> texts) => texts[$"{WhatOf(meeting, what)}Subject", meeting.Title, DateWords.NearDay(meeting.Starts.Date)];

    public static IEnumerable<MailPart> Opening(Meeting meeting, string what, IStringLocalizer<MeetingTexts> texts)
    {
        yield return new MailPart.Heading(texts[$"{WhatOf(meeting, what)}Heading", meeting.Title]);
        yield return new MailPart.Paragraph(texts[$"{WhatOf(meeting, what)}Text"]);
        if (meeting.Cancelled is { } cancelled)
        {
            yield return new MailPart.Quote(cancelled.Reason);
        }
        yield return new MailPart.Facts(
        [
            (texts["When"], MeetingWords.When(meeting)), (texts[meeting.Kind == MeetingKind.Media ? "Outlet" : "Place"], meeting.Place),
            .. meeting.Link is { } link ? [(texts["Link"].Value, link)] : Array.Empty<(string, string)>(),
        ]);
        if (meeting.Agenda.Length > 0)
        {
            yield return new MailPart.Subheading(texts["Agenda"]);
            yield return new MailPart.Quote(meeting.Agenda);
        }
    }
}
