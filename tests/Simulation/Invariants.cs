using System.Globalization;
using System.IO.Compression;
using System.Text.Json;

namespace OpenGov.Simulation;

/// <summary>What must be so whatever the people did.</summary>
public sealed class Invariants(World world)
{
    private static readonly TimeSpan DigestHour = TimeSpan.FromHours(8);

    /// <summary>How much was looked at.</summary>
    public string Checked { get; private set; } = "";

    public async Task<IReadOnlyList<string>> FindViolationsAsync()
    {
        var mails = await world.Site.MailsAsync();
        Checked = $"{mails.Count} mails, {mails.Count(mail => mail.At.TimeOfDay == DigestHour)} of them digests, {world.Proposals.Count} proposals, {(await world.Notas.ListAsync()).Count} notas";
        return
        [
            .. OneDigestADay(mails), .. NoMailTwice(mails), .. await NoticesOnceAsync(), .. await EveryProposalAnsweredAsync(mails), .. await EveryRequestEndedAsync(), .. EveryPlaceConfirmed(mails), .. NobodyInvitedWhoLeft(mails), .. await NothingInTroubleAsync(), .. await NothingPersonalInPublicAsync(),
        ];
    }

    private static IEnumerable<string> OneDigestADay(IReadOnlyList<Mail> mails) => mails.Where(mail => mail.At.TimeOfDay == DigestHour)
        .GroupBy(mail => (mail.To, mail.At.Date)).Where(day => day.Count() > 1)
        .Select(day => $"{day.Key.To} got {day.Count()} digests on {day.Key.Date:yyyy-MM-dd}: {string.Join(" | ", day.Select(mail => mail.Subject))}");

    private static IEnumerable<string> NoMailTwice(IReadOnlyList<Mail> mails) => mails
        .GroupBy(mail => (mail.To, mail.Subject, mail.Text)).Where(same => same.Count() > 1)
        .Select(same => $"{same.Key.To} got \"{same.Key.Subject}\" {same.Count()} times, on {string.Join(", ", same.Select(mail => mail.At.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)))}");

    private async Task<IEnumerable<string>> NoticesOnceAsync()
    {
        var today = world.Site.Now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var notices = await Site.ReadAsync(await world.StaffAsync(), $"/api/staff/notices?from=2019-01-01&to={today}");
        var sent = notices.GetProperty("sent").EnumerateArray().ToList();
        var twice = sent.GroupBy(notice => notice.GetProperty("identity").GetString()).Where(same => same.Count() > 1).Select(same => $"The notice {same.Key} is recorded {same.Count()} times.");
        var overdue = notices.GetProperty("upcoming").EnumerateArray().Where(notice => string.CompareOrdinal(notice.GetProperty("sendOn").GetString(), today) < 0)
            .Select(notice => $"The notice {notice.GetProperty("identity")} was due on {notice.GetProperty("sendOn")} and has not gone out.");
        var old = from moved in world.Moved
                  from notice in sent
                  where notice.GetProperty("subject").GetString() == moved.Key && notice.GetProperty("state").GetString() == "sent"
                      && string.CompareOrdinal(notice.GetProperty("sentOn").GetString(), moved.At.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) > 0
                  from occasion in notice.GetProperty("occasions").EnumerateArray()
                  let date = occasion.GetProperty("date").GetString()
                  where occasion.GetProperty("name").GetString()!.StartsWith("opens", StringComparison.Ordinal) ? date != moved.Opens : date != moved.Closes
                  select $"The notice {notice.GetProperty("identity")} of the old dates went out on {notice.GetProperty("sentOn")}.";
        return twice.Concat(overdue).Concat(old);
    }

    private async Task<IEnumerable<string>> EveryProposalAnsweredAsync(IReadOnlyList<Mail> mails)
    {
        var violations = new List<string>();
        var published = new Dictionary<string, JsonElement>();
        for (string? next = "/api/proposals"; next is not null;)
        {
            var page = await Site.ReadAsync(world.Site.Public, next);
            foreach (var proposal in page.GetProperty("items").EnumerateArray())
            {
                published[proposal.GetProperty("code").GetString()!] = proposal;
            }
            next = page.TryGetProperty("next", out var more) && more.ValueKind == JsonValueKind.String ? $"/api/proposals?after={Uri.EscapeDataString(more.GetString()!)}" : null;
        }
        var byMailbox = mails.ToLookup(mail => mail.To);
        foreach (var proposal in world.Proposals)
        {
            if (!published.TryGetValue(proposal.Code, out var shown))
            {
                violations.Add($"The proposal {proposal.Code} is not in the public list.");
            }
            else if (!shown.TryGetProperty("response", out var response) || response.ValueKind != JsonValueKind.Object || string.IsNullOrWhiteSpace(response.GetProperty("reasons").GetString()))
            {
                violations.Add($"The proposal {proposal.Code} has no reasoned response.");
            }
            if (proposal.Mailbox is { } mailbox)
            {
                var about = byMailbox[mailbox].Where(mail => mail.Text.Contains($"/proposals/{proposal.Code}", StringComparison.Ordinal)).ToList();
                var (receipts, responses) = (about.Count(mail => mail.At.Date < new DateTime(2019, 5, 1)), about.Count(mail => mail.At.Date.Month == 5));
                if ((receipts, responses) != (1, 1))
                {
                    violations.Add($"The author of {proposal.Code} got {receipts} receipts and {responses} responses.");
                }
            }
        }
        return violations;
    }

    private async Task<IEnumerable<string>> EveryRequestEndedAsync() => (await world.Notas.ListAsync()).Where(nota => nota.State is not ("confirmed" or "annulled") && !nota.IsClosed)
        .Select(nota => $"{nota.Number} ({nota.Kind}) is neither answered nor closed: {nota.State}.");

    private IEnumerable<string> EveryPlaceConfirmed(IReadOnlyList<Mail> mails) => world.Registered.Where(registered => registered.Mailbox is not null)
        .Select(registered => (registered, Count: mails.Count(mail => mail.To == registered.Mailbox && mail.Subject.StartsWith("Su lugar está reservado", StringComparison.Ordinal) && mail.Text.Contains(registered.Meeting, StringComparison.Ordinal))))
        .Where(told => told.Count != 1).Select(told => $"{told.registered.Mailbox} got {told.Count} confirmations for {told.registered.Meeting}.");

    private IEnumerable<string> NobodyInvitedWhoLeft(IReadOnlyList<Mail> mails) => mails
        .Where(mail => world.LeftContacts.TryGetValue(mail.To, out var at) && mail.At > at && mail.Text.Contains("/unsubscribe?t=", StringComparison.Ordinal))
        .Select(mail => $"{mail.To} left the contact list and got \"{mail.Subject}\" on {mail.At:yyyy-MM-dd}.");

    private async Task<IEnumerable<string>> NothingInTroubleAsync() =>
        (await Site.ReadAsync(await world.StaffAsync(), "/api/staff/mails")).GetProperty("items").EnumerateArray().Select(mail => $"A mail is in trouble: {mail.GetProperty("subject")} ({mail.GetProperty("state")}).");

    private async Task<IEnumerable<string>> NothingPersonalInPublicAsync()
    {
        string[] pages =
        [
            "/", "/participation", .. world.Registered.SelectMany(registered => new[] { registered.Meeting, $"{registered.Meeting}/registered" }).Distinct(), "/chronogram", "/chronogram.ics", "/proposals", "/api/proposals", "/themes", "/meetings", "/liaisons", "/requests", "/api/requests", "/commitments", "/api/commitments", "/plan", "/plan/versions/1", "/plan/versions/3",
            .. world.Themes.Select(theme => $"/themes/{theme}"), .. world.Proposals.Take(20).Select(proposal => $"/proposals/{proposal.Code}"),
        ];
        var violations = new List<string>();
        foreach (var page in pages)
        {
            violations.AddRange(MailboxesIn(await world.Site.Public.GetStringAsync(page)).Select(mailbox => $"{page} shows {mailbox}."));
        }
        await using var package = await world.Site.Public.GetStreamAsync("/plan/package.zip");
        using var bytes = new MemoryStream();
        await package.CopyToAsync(bytes);
        using var zip = new ZipArchive(bytes);
        foreach (var entry in zip.Entries)
        {
            using var text = new StreamReader(await entry.OpenAsync());
            violations.AddRange(MailboxesIn(await text.ReadToEndAsync()).Select(mailbox => $"{entry.FullName} of the package shows {mailbox}."));
        }
        return violations;
    }

    private IEnumerable<string> MailboxesIn(string text) => world.Proposals.Select(proposal => proposal.Mailbox).Concat(world.Registered.Select(registered => registered.Mailbox)).OfType<string>()
        .Concat(world.Cast.Members.Select(member => member.Mailbox)).Concat(world.Cast.Offices.Select(office => $"@{office.Domain}")).Where(mailbox => text.Contains(mailbox, StringComparison.OrdinalIgnoreCase));
}
