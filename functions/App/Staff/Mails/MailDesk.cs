using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime;
using NodaTime.Text;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Staff.Lists;

namespace OpenGov.Functions.Staff.Mails;

/// <param name="Path">Of what the mail is about; null where staff have no page of it.</param>
/// <param name="Why">In words.</param>
/// <param name="At">When it came into its state.</param>
public sealed record DeskMail(string Key, Mail Mail, string? Path, string Why, Instant At);

/// <summary>Mails as staff read them.</summary>
public sealed class MailDesk(MailStore mails, MailTasks tasks, MailDrawing drawing, CurrentCycle cycles, IStringLocalizer<MailsTexts> texts) : IStaffList
{
    private static readonly MailState[] InTrouble = [MailState.Bounced, MailState.Refused, MailState.Unknown];

    public string Name => "mails";

    public async Task<ListView<DeskMail>> ViewAsync(ListQuery asked, CancellationToken cancel) =>
        ListView.Of(ShapeOf(await cycles.GetAsync(cancel)), await ListAsync(cancel), asked);

    async Task<ListView> IStaffList.ReadAsync(ListQuery asked, CancellationToken cancel) => await ViewAsync(asked, cancel);

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

    private ListShape<DeskMail> ShapeOf(Cycle cycle) => new(
        Name, "/staff/mails",
        shown => $"{shown.Mail.Subject} {shown.Mail.Effect!.To} {shown.Why}",
        [new("state", [.. InTrouble.Select(state => ($"{state}", texts[$"State-{state}"].Value))], shown => $"{shown.Mail.State}")],
        [
            new("oldest"),
            ListOrder.Down("newest", (DeskMail shown) => shown.At),
            ListOrder.ByWords("subject", (DeskMail shown) => shown.Mail.Subject),
        ],
        [
            new("subject", shown => shown.Mail.Subject),
            new("state", shown => texts[$"State-{shown.Mail.State}"]),
            new("why", shown => shown.Why),
            new("day", shown => LocalDatePattern.Iso.Format(cycle.DateOf(shown.At))),
            new("attempts", shown => shown.Mail.Attempts.ToString(CultureInfo.InvariantCulture)),
            new("about", shown => shown.Path),
            new("mailbox", shown => shown.Mail.Effect!.To, IsPersonal: true),
        ]);
}
