using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime.Extensions;
using NodaTime.Text;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Staff.Lists;

namespace OpenGov.Functions.Staff;

/// <param name="From">As typed, where there is something wrong with the days.</param>
/// <param name="Fault">The field at fault.</param>
public sealed record NoticesModel(string From, string To, string? Fault, ListView<NoticeRow> List);

/// <summary>What goes out, and after it what went out or expired, in a range of days.</summary>
public sealed class NoticeDesk(NoticeReading notices, CurrentCycle cycles, TimeProvider clock, IStringLocalizer<StaffTexts> texts) : IStaffList
{
    private const string From = "from";
    private const string To = "to";

    public string Name => "notices";

    public async Task<NoticesModel> ReadAsync(ListQuery asked, CancellationToken cancel)
    {
        var today = (await cycles.GetAsync(cancel)).DateOf(clock.GetCurrentInstant());
        var (wanted, fault) = NoticeRange.Read(asked[From], asked[To], today);
        var range = wanted ?? NoticeRange.Around(today);
        var (from, to) = (LocalDatePattern.Iso.Format(range.From), LocalDatePattern.Iso.Format(range.To));
        IReadOnlyList<NoticeRow> rows = [.. await notices.UpcomingAsync(range.From, range.To, cancel), .. await notices.SentAsync(range.From, range.To, cancel)];
        return new NoticesModel(
            fault is null ? from : asked[From] ?? "", fault is null ? to : asked[To] ?? "", fault,
            ListView.Of(Shape with { Kept = new Dictionary<string, string> { [From] = from, [To] = to } }, rows, asked));
    }

    async Task<ListView> IStaffList.ReadAsync(ListQuery asked, CancellationToken cancel) => (await ReadAsync(asked, cancel)).List;

    private ListShape<NoticeRow> Shape => new(
        Name, "/staff/notices",
        row => $"{row.What} {row.Words} {string.Join(' ', row.Mailboxes)}",
        [
            new("state", [.. Enum.GetValues<NoticeState>().Select(state => ($"{state}", texts[$"Notice{state}"].Value))], row => $"{row.State}"),
            new("about", [(NoticePlanner.ActivityKind, texts["NavActivities"]), ("other", texts["NoticesOther"])], row => row.Notice.Kind == NoticePlanner.ActivityKind ? row.Notice.Kind : "other"),
        ],
        [
            new("next"),
            ListOrder.By("earliest", (NoticeRow row) => row.On),
            ListOrder.Down("latest", (NoticeRow row) => row.On),
        ],
        [
            new("day", row => LocalDatePattern.Iso.Format(row.On)),
            new("state", row => texts[$"Notice{row.State}"]),
            new("what", row => row.What),
            new("text", row => row.Words),
            new("how", row => row.How),
            new("recipients", row => row.Recipients.ToString(CultureInfo.InvariantCulture)),
            new("expired", row => row.Reason is { } reason ? texts[$"Expired-{reason}"].Value : null),
            new("mailbox", row => string.Join(' ', row.Mailboxes), IsPersonal: true),
        ]);
}
