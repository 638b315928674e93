using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Mails;

/// <summary>Has a mail that became a task told in the next digest.</summary>
public sealed class MailAlarm(CurrentCycle cycles, TimeProvider clock) : IMailAlarm
{
    public async Task<Effect> EffectAsync(string key, Mail mail, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var now = clock.GetCurrentInstant();
        var sendOn = cycle.WorkingDays.OnOrAfter(NoticePlanner.LastSendDay(cycle, now).PlusDays(1));
        var notice = new DueNotice(
            MailNotices.Name, key, mail.Round.ToString(CultureInfo.InvariantCulture), sendOn, [new Occasion(Occasions.Trouble, cycle.DateOf(now))]);
        return PlanNotices.Of($"mail-trouble!{key}!{mail.Round}", [notice]);
    }
}

/// <summary>A line for each mail in trouble, to the staff. It names the mail and not its addressee.</summary>
public sealed class MailNotices(MailStore mails, StaffDirectory staff, Site site, IStringLocalizer<MailsTexts> texts) : INoticeKind
{
    public const string Name = "mail";

    public string Kind => Name;

    public async Task<IReadOnlyList<Recipient>> RecipientsAsync(DueNotice notice, LocalDate today, CancellationToken cancel)
    {
        if ((await mails.FindByKeyAsync(notice.Subject, cancel))?.Record is not { NeedsStaff: true } mail
            || mail.Round.ToString(CultureInfo.InvariantCulture) != notice.Version)
        {
            return [];
        }
        var line = new DigestLine(Name, notice.Identity, JsonSerializer.SerializeToElement(new MailLine(notice.Subject, mail.Subject, mail.State), Json.Options));
        // A digest that bounces must not make the next one to the same mailbox.
        return [.. staff.Members.Where(member => !member.Address.Equals(mail.Effect!.To, StringComparison.OrdinalIgnoreCase))
            .Select(member => new Recipient(member.Address, Language.Spanish, line))];
    }

    public IReadOnlyList<MailPart> Describe(JsonElement model, LocalDate today)
    {
        var line = model.Deserialize<MailLine>(Json.Options)!;
        return
        [
            new MailPart.Heading(texts[$"Notice-{line.State}", line.Subject]),
            new MailPart.Paragraph(texts["NoticeDo"]),
            new MailPart.Button(texts["NoticeLook"], site.Address($"/staff/mails/{line.Key}")),
        ];
    }

    public string TitleOf(DueNotice notice) => texts["NoticeTitle"];

    private sealed record MailLine(string Key, string Subject, MailState State);
}
