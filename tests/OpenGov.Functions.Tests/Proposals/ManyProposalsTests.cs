using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CsvHelper;

namespace OpenGov.Functions.Proposals;

/// <summary>Real proposals where a file of them is beside the checkout, else generated ones with the same traits.</summary>
public sealed class ManyProposalsTests(TestService service) : IClassFixture<TestService>
{
    private const int Connections = 32;

    [Fact]
    public async Task A_thousand_proposals_at_32_connections_are_all_kept_found_and_receipted_once()
    {
        var sent = Read();
        var codes = new ConcurrentDictionary<int, string>();
        await Parallel.ForEachAsync(Enumerable.Range(0, sent.Count), new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (index, cancel) =>
        {
            var (title, problem) = sent[index];
            var answer = await service.Http.PostAsJsonAsync("/api/proposals", new
            {
                title,
                problem,
                territory = index % 4 == 0 ? "PA-8" : null,
                consent = true,
                author = new { email = $"person{index}@example.org" },
            }, cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.Created, $"{answer.StatusCode}: {title}");
            codes[index] = (await answer.Content.ReadFromJsonAsync<JsonElement>(cancel)).GetProperty("code").GetString()!;
        });
        Assert.Equal(sent.Count, codes.Values.Distinct().Count());

        var first = sent[0];
        var shown = await service.Http.GetFromJsonAsync<JsonElement>($"/api/proposals/{codes[0]}");
        Assert.Equal(first.Title, shown.GetProperty("title").GetString());
        Assert.Equal(codes.Values.Order(), (await ListAsync("")).Order());
        Assert.Equal(codes.Where(pair => pair.Key % 4 == 0).Select(pair => pair.Value).Order(), (await ListAsync("territory=PA-8")).Order());

        var receipts = await ReceiptsAsync(sent.Count);
        Assert.Equal(sent.Count, receipts.Count);
        Assert.Equal(sent.Count, receipts.Distinct().Count());
    }

    private static List<(string Title, string Problem)> Read()
    {
        var file = Path.Combine(Architecture.Checkout.Root, "..", "shared", "data", "proposals-madrid.csv");
        if (!File.Exists(file))
        {
            return [.. Enumerable.Range(0, 1000).Select(index => ($"Temática {index} ñ", $"<p>Problema {index}</p>\r\n<script>alert({index})</script>"))];
        }
        using var csv = new CsvReader(new StreamReader(file), CultureInfo.InvariantCulture);
        return [.. csv.GetRecords<dynamic>().Select(row => (((string)row.title).Trim(), string.IsNullOrWhiteSpace((string)row.description) ? "-" : Cut(((string)row.description).Trim())))];
    }

    // The API takes 4,000 code points and refuses more; the longest two of the file are cut as their authors would be asked to.
    private static string Cut(string text) => text.EnumerateRunes().Count() <= ProposalContent.TextLength
        ? text
        : string.Concat(text.EnumerateRunes().Take(ProposalContent.TextLength)).Trim();

    private async Task<List<string>> ListAsync(string filter)
    {
        // The list may be some seconds old.
        await Task.Delay(TimeSpan.FromSeconds(5));
        var codes = new List<string>();
        for (string? after = ""; after is not null;)
        {
            var page = await service.Http.GetFromJsonAsync<JsonElement>($"/api/proposals?{filter}&after={after}");
            codes.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("code").GetString()!));
            after = page.GetProperty("next").GetString();
        }
        return codes;
    }

    private async Task<List<string>> ReceiptsAsync(int count)
    {
        for (var tries = 0; ; tries++)
        {
            var mails = (await service.Http.GetFromJsonAsync<List<JsonElement>>("/dev/mailbox.json"))!
                .Select(mail => mail.GetProperty("to").GetString()!).Where(to => to.StartsWith("person", StringComparison.Ordinal)).ToList();
            if (mails.Count >= count || tries > 240)
            {
                return mails;
            }
            await Task.Delay(500);
        }
    }
}
