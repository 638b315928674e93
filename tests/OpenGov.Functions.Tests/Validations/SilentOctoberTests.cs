using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Notices;
using Xunit;
using static OpenGov.Functions.Validations.ValidationRound;

namespace OpenGov.Functions.Validations;

/// <summary>40 commitments, 12 institutions, and nobody answers from 1 October to 1 November 2019.</summary>
public sealed partial class SilentOctoberTests(OctoberService service) : IClassFixture<OctoberService>
{
    private static readonly CultureInfo Spanish = CultureInfo.GetCultureInfo("es-PA");
    private static readonly string[] Institutions = [.. Enumerable.Range(1, 12).Select(number => $"S{number:D2}")];

    [Fact]
    public async Task Every_office_is_reminded_and_elevated_exactly_once_and_every_text_is_true_on_its_day()
    {
        var commitments = Enumerable.Range(0, 40).Select(number =>
            $"C-{number + 1:D2}: {Institutions[number % 12]}, {Institutions[(number + 5) % 12]}, {Institutions[(number + 7) % 12]}").ToArray();
        await SendAsync(service, new(2019, 10, 11), commitments);
        foreach (var institution in Institutions)
        {
            await LinkAsync(service, institution);
        }
        var staffBefore = (await service.MailsAsync(Organiser, 1)).Count;
        await service.AdvanceToAsync("2019-11-01T09:00");

        foreach (var institution in Institutions)
        {
            var mails = (await service.MailsAsync(MailboxOf(institution), 5)).Reverse().ToList();
            Assert.Equal(
                ["10-01 Nota", "10-04 termina en 7 días, el viernes 11 de octubre", "10-08 termina este viernes 11 de octubre",
                 "10-11 termina hoy, viernes 11 de octubre", "10-14 terminó hace 3 días, el viernes 11 de octubre"],
                mails.Select(mail => $"{At(mail):MM-dd} {(Subject(mail).StartsWith("Nota N.º", StringComparison.Ordinal) && At(mail).Day == 1 ? "Nota" : Said(mail))}"));
            var elevated = Assert.Single(await service.MailsAsync($"secretaria.{institution.ToLowerInvariant()}@example.org", 1));
            Assert.Equal("10-14 08:00", $"{At(elevated):MM-dd HH:mm}");
        }

        var all = (await service.Http.GetFromJsonAsync<List<JsonElement>>("/dev/mailbox.json", TestContext.Current.CancellationToken))!;
        var digests = all.Where(mail => At(mail).TimeOfDay == new TimeSpan(8, 0, 0)).Select(mail => (To(mail), At(mail).Date)).ToList();
        Assert.True(digests.Count > 4 * Institutions.Length);
        Assert.Equal(digests.Count, digests.Distinct().Count());
        Assert.All(all, mail => Assert.Equal([], Untruths(mail)));
        Assert.Contains(all.Where(mail => To(mail) == Organiser), mail => Days().IsMatch(TextOf(mail)));
        var cycle = await service.Services.GetRequiredService<CurrentCycle>().GetAsync(TestContext.Current.CancellationToken);
        Assert.All(digests, digest => Assert.True(cycle.WorkingDays.Includes(LocalDate.FromDateTime(digest.Date))));
        Assert.True((await service.MailsAsync(Organiser, 1)).Count > staffBefore);
        var settled = await service.Services.GetRequiredService<NoticeStore>().SentAsync(new(2019, 10, 1), new(2019, 11, 1), TestContext.Current.CancellationToken);
        Assert.Equal(settled.Count, settled.Select(notice => notice.Notice.Identity).Distinct().Count());
        Assert.Equal(48, settled.Count(notice => notice.Notice.Kind == NoticePlanner.RequestKind && notice.State == NoticeState.Sent));
    }

    private static DateTimeOffset At(JsonElement mail) => mail.GetProperty("at").GetDateTimeOffset();

    private static string To(JsonElement mail) => mail.GetProperty("to").GetString()!;

    private static string Said(JsonElement mail) => Deadline().Match(TextOf(mail)).Groups[1].Value;

    private static string TextOf(JsonElement mail) => Spaces().Replace(mail.GetProperty("text").GetString()!, " ");

    /// <summary>Every "today", "tomorrow", "this Friday", "in n days" whose date is another on the day the mail was sent.</summary>
    private static IEnumerable<string> Untruths(JsonElement mail) => Days().Matches(TextOf(mail)).Where(said =>
    {
        var day = DateTime.ParseExact($"{said.Groups["day"].Value} 2019", "dddd d 'de' MMMM yyyy", Spanish);
        var ahead = (day - At(mail).Date).Days;
        return said.Groups["when"].Value switch
        {
            "hoy," => ahead != 0,
            "mañana," => ahead != 1,
            "ayer," => ahead != -1,
            "este" => ahead is < 1 or > 6,
            "en" => ahead != int.Parse(said.Groups["days"].Value, Spanish),
            _ => ahead != -int.Parse(said.Groups["days"].Value, Spanish),
        };
    }).Select(said => $"{At(mail):MM-dd}: {said.Value}");

    [GeneratedRegex(@"(?<when>hoy,|mañana,|ayer,|este|en|hace) (?:(?<days>\d+) días, el )?(?<day>(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo) \d+ de \w+)")]
    private static partial Regex Days();

    [GeneratedRegex("El plazo (?:para responder )?(termin.*?octubre)")]
    private static partial Regex Deadline();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
