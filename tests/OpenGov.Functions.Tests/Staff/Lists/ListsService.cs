using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using OpenGov.Functions.Commitments;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Forum;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Meetings;
using OpenGov.Functions.Proposals.Channels;
using OpenGov.Functions.Proposals.Paper;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Themes;
using OpenGov.Functions.Validations;

namespace OpenGov.Functions.Staff.Lists;

/// <summary>More of everything than a page of the console shows.</summary>
public sealed class ListsService() : StaffedService("2019-04-27T09:00", "Sample__Skip=true")
{
    private const int RowsPerTransaction = 90;
    private static readonly string[] Words = ["Agua", "Ñame", "Educación", "Zonas", "Ángeles", "Datos"];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var cycle = await Services.GetRequiredService<CurrentCycle>().GetAsync(default);
        var staff = Staff;
        await ImportAsync(staff, "institutions", "code,name,authorityTitle,holder,acting,officeMailbox,secretariatMailbox", 200, n => $"I{n:D3},{Word(n)} {n},Director/a General,Titular {n},{(n % 4 == 0 ? "sí" : "no")},oficina{n}@example.org,secretaria{n}@example.org");
        await ImportAsync(staff, "members", "code,name,organization,government,email", 200, n => $"M-{n:D3},{Word(n)} Miembro {n},Organización {n},{(n % 2 == 0 ? "sí" : "no")},miembro{n}@example.org");
        await ImportAsync(staff, "proposals", "title,problem,consent,email", 200, n => $"{Word(n)} para el barrio {n},El acueducto rural del barrio {n} se queda sin agua cada verano y nadie responde por su reparación,sí,{(n < 3 ? $"vecina{n}@example.org" : "")}");
        var commitments = Enumerable.Range(1, 200).Select(n => n <= 60
            ? (object)new { number = $"C-{n}", title = $"{Word(n)} compromiso {n}", theme = $"Temática {n % 3}", text = "Texto.", lead = $"I{n:D3}", supporting = n == 1 ? [] : new[] { "I001" }, continuedPlan = "Tercer Plan", continuedNumber = $"{n}", completion = "limited" }
            : new { number = $"C-{n}", title = $"{Word(n)} compromiso {n}", theme = $"Temática {n % 3}", text = "Texto.", lead = $"I{n:D3}", supporting = new[] { "I001" } });
        (await staff.PostAsJsonAsync("/api/staff/import/commitments", commitments)).EnsureSuccessStatusCode();

        await PutAsync(Tables.Themes, 60, _ => ThemeStore.PartitionOf(cycle), n => (ThemeStore.RowOf($"T-{n:D2}"), new Theme($"T-{n:D2}", $"{Word(n)} temática {n}", "De qué trata.")
        {
            Decision = n == 1 ? new ThemeDecision(ThemeOutcome.Adopted, null, "Sí.", "Acta", new LocalDate(2019, 4, 20)) : null,
            Institutions = n == 1 ? [.. Enumerable.Range(1, 60).Select(code => $"I{code:D3}")] : [],
        }));
        await PutAsync(Tables.Meetings, 200, _ => MeetingStore.PartitionOf(cycle), n => (MeetingStore.RowOf($"R-{n:D3}"), new Meeting(
            $"R-{n:D3}", (MeetingKind)(n % 4), ActivityKeys.Call, $"{Word(n)} reunión {n}", new LocalDateTime(2019, 1 + (n % 9), 1 + (n % 28), 9, 0), new LocalDateTime(2019, 1 + (n % 9), 1 + (n % 28), 12, 0), "Sede", null, "")));
        await PutAsync(Tables.Requests, 200, n => RequestStore.PartitionOf(cycle.Id, Nota(n)), n => (RequestStore.RowOf(Nota(n)), new OfficialRequest(
            cycle.Id, Nota(n), ValidationKind.Name, $"Nota N.º {Nota(n)}", 1 + (n % 3), $"I{n:D3}", $"{Word(n)} {n}", new Office("Director/a General", $"oficina{n}@example.org", $"Titular {n}"), null,
            [], Instant.FromUtc(2019, 4, 1, 14, 0), new LocalDate(2019, 4, 10 + (n % 15)))));
        await PutAsync(Tables.Channels, 60, _ => ChannelStore.PartitionOf(cycle), n => (ChannelStore.RowOf($"CANAL-{n:D2}"), new Channel(
            $"CANAL-{n:D2}", $"{Word(n)} feria {n}", n % 2 == 0 ? "social" : "other", null, null, null, Instant.FromUtc(2019, 3, 1, 14, n % 60))));
        var batches = Services.GetRequiredService<BatchStore>();
        var mails = Services.GetRequiredService<MailStore>();
        for (var n = 1; n <= 60; n++)
        {
            await batches.AddAsync(cycle, new PaperBatch($"{n:x16}", $"CANAL-{n:D2}", $"formularios-{n}.csv", n, true, Instant.FromUtc(2019, 4, 20, 14, n % 60), "x", n % 3 == 0 ? BatchState.Registered : BatchState.Draft), [], default);
            var to = $"correo{n}@example.org";
            await mails.AddAsync(MailSending.KeyOf(to), new Mail(MailSending.EffectTo(to), MailState.Sending, "x", DateTimeOffset.UnixEpoch, 1) { Subject = $"Correo {n}" }, default);
            await mails.ChangeAsync(MailSending.KeyOf(to), null, mail => mail with { Known = n % 2 == 0 ? MailState.Refused : MailState.Unknown, Escalated = true, Since = Instant.FromUtc(2019, 4, 20, 14, n % 60) }, default);
        }
        foreach (var queue in new[] { Queues.Effects, Queues.Requests })
        {
            var poison = Services.GetRequiredService<StorageClients>().Queue($"{queue}-poison");
            await poison.CreateIfNotExistsAsync();
            for (var n = 1; n <= 30; n++)
            {
                await poison.SendMessageAsync($"{queue} {n:D2}");
            }
        }
        // The lists of proposals, channels and notas are read from copies a few seconds old.
        await Task.Delay(TimeSpan.FromSeconds(6));
    }

    private static string Word(int n) => Words[n % Words.Length];

    private static string Nota(int n) => $"{n:D3}-2019";

    private static async Task ImportAsync(HttpClient staff, string what, string headers, int rows, Func<int, string> row)
    {
        var csv = string.Join('\n', Enumerable.Range(1, rows).Select(row).Prepend(headers));
        var answer = await staff.PostAsync($"/api/staff/import/{what}", new StringContent(csv, Encoding.UTF8, "text/csv"));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task PutAsync<T>(string table, int rows, Func<int, string> partitionOf, Func<int, (string Row, T Record)> record)
    {
        foreach (var some in Enumerable.Range(1, rows).GroupBy(partitionOf).SelectMany(partition => partition.Chunk(RowsPerTransaction).Select(numbers => (partition.Key, numbers))))
        {
            var change = some.numbers.Select(record).Aggregate(new Change(table, some.Key), (change, one) => change.Put(one.Row, one.Record));
            Assert.Equal(CommitResult.Committed, await Services.GetRequiredService<Ledger>().CommitAsync(change, default));
        }
    }
}
