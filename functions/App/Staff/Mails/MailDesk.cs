using Microsoft.Extensions.Localization;
using NodaTime;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;

namespace OpenGov.Functions.Staff.Mails;

/// <param name="Path">Of what the mail is about; null where staff have no page of it.</param>
/// <param name="Why">In words.</param>
/// <param name="At">When it came into its state.</param>
public sealed record DeskMail(string Key, Mail Mail, string? Path, string Why, Instant At);

/// <summary>Mails as staff read them.</summary>
public sealed class MailDesk(MailStore mails, MailTasks tasks, MailDrawing drawing, CurrentCycle cycles, IStringLocalizer<MailsTexts> texts)
{
    public async Task<IReadOnlyList<DeskMail>> ListAsync(CancellationToken cancel) => [.. (await tasks.ListAsync(cancel)).Select(Of)];

    public async Task<DeskMail?> FindAsync(string key, CancellationToken cancel) =>
        (await mails.FindByKeyAsync(key, cancel))?.Record is { Effect: not null } mail ? Of(mail) : null;

    public async Task<DateTimeZone> ZoneAsync(CancellationToken cancel) => (await cycles.GetAsync(cancel)).Zone;

    public DeskMail Of(Mail mail) => new(
        MailStore.KeyOf(mail.Effect!.Identity), mail, drawing.StaffPathOf(mail.Effect), WhyOf(mail),
        mail.Told is { } told ? Instant.FromDateTimeOffset(told.At) : mail.Since!.Value);

    private string WhyOf(Mail mail) => mail switch
    {
        { State: MailState.Bounced, Told.News: MailNews.Dropped } => texts["Why-Dropped"],
        { State: MailState.Refused } => texts["Why-Refused", mail.Status ?? 0],
        { State: MailState.Unknown, Escalated: false } => texts["Why-Awaited"],
        _ => texts[$"Why-{mail.State}"],
    };
}
