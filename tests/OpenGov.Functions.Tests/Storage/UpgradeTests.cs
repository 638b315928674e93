using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Sdk;

namespace OpenGov.Functions.Storage;

/// <summary>
/// A new version reads what an old one wrote. A data set of each schema version is kept; that of a new version is
/// written from a finished play: leave one running (Simulation with --count 25 --until 15 --port 7555), then run these
/// tests with DATA_SET_FROM=http://localhost:7555 in the environment, and commit the file.
/// </summary>
public sealed partial class UpgradeTests
{
    private const int MostPages = 250;
    private const int FewestPages = 10;
    private const int OfOneShape = 2;
    private static readonly string[] Counted = ["proposals", "requests", "commitments"];
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    public static TheoryData<int> Versions => [.. Enumerable.Range(1, Document.SchemaVersion)];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task All_that_a_version_wrote_is_read_and_the_service_goes_on_with_it(int version)
    {
        await WriteWhereAskedAsync();
        var kept = await DataSet.ReadAsync(version, Cancel);
        Assert.NotEmpty(kept.Rows);
        Assert.All(kept.Rows, row => Assert.Equal($"{version}", row.Properties["Schema"].Text));
        var folder = Directory.CreateTempSubdirectory("data-set-").FullName;
        try
        {
            await KeepInAsync(folder, kept);
            var service = new StoredService(folder, kept.Now);
            await service.InitializeAsync();
            await using (service)
            {
                Assert.Equal(kept.Figures, await CountAsync(service.Http));
                Assert.Equal([], await FindBrokenPagesAsync(service.Http, "/"));
                using var staff = await service.SignInAsync();
                Assert.Equal([], await FindBrokenPagesAsync(staff, "/staff"));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_row_of_a_version_to_come_is_not_misread()
    {
        var row = Document.Of("p", "r", new { Title = "Agua" });
        row["Schema"] = Document.SchemaVersion + 1;

        var refused = Assert.Throws<InvalidOperationException>(() => Document.Read<JsonElement>(row));
        Assert.Contains("newer version", refused.Message, StringComparison.Ordinal);
    }

    private static async Task KeepInAsync(string folder, DataSet rows)
    {
        var service = new StoredService(folder, "2019-02-22T09:00");
        await service.InitializeAsync();
        await using (service)
        {
            await rows.PutAsync(service.Services.GetRequiredService<IConfiguration>()["AzureWebJobsStorage"]!, Cancel);
        }
    }

    private static async Task WriteWhereAskedAsync()
    {
        if (Environment.GetEnvironmentVariable("DATA_SET_FROM") is not { } address)
        {
            return;
        }
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        var instance = await http.GetFromJsonAsync<JsonElement>("/dev/join", Cancel);
        var now = (await http.GetFromJsonAsync<JsonElement>("/dev/clock", Cancel)).GetProperty("now").GetString()!;
        var rows = await DataSet.TakeAsync(instance.GetProperty("storage").GetString()!, Cancel);
        await new DataSet(now, await CountAsync(http), rows).WriteAsync(Document.SchemaVersion, Cancel);
    }

    private static async Task<Dictionary<string, int>> CountAsync(HttpClient http)
    {
        var counts = new Dictionary<string, int>();
        foreach (var name in Counted)
        {
            for (string? after = ""; after is not null;)
            {
                var page = await http.GetFromJsonAsync<JsonElement>($"/api/{name}{(after.Length > 0 ? $"?after={after}" : "")}", Cancel);
                counts[name] = counts.GetValueOrDefault(name) + page.GetProperty("items").GetArrayLength();
                after = page.TryGetProperty("next", out var next) ? next.GetString() : null;
            }
        }
        return counts;
    }

    /// <summary>Follows the links from a page on, a few of each shape.</summary>
    private static async Task<IReadOnlyList<string>> FindBrokenPagesAsync(HttpClient http, string start)
    {
        var (broken, shapes, seen, waiting) = (new List<string>(), new Dictionary<string, int>(), new HashSet<string>(), new Queue<string>([start]));
        while (waiting.TryDequeue(out var address) && seen.Count < MostPages)
        {
            var shape = Varying().Replace(address, "*");
            if (!seen.Add(address) || (shapes[shape] = shapes.GetValueOrDefault(shape) + 1) > OfOneShape)
            {
                continue;
            }
            var answer = await http.GetAsync(address, Cancel);
            if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.SeeOther))
            {
                broken.Add($"{address}: {answer.StatusCode}");
            }
            if (answer.Content.Headers.ContentType?.MediaType == "text/html")
            {
                foreach (Match link in Link().Matches(await answer.Content.ReadAsStringAsync(Cancel)))
                {
                    waiting.Enqueue(WebUtility.HtmlDecode(link.Groups[1].Value).Split('#')[0]);
                }
            }
        }
        return seen.Count > FewestPages ? broken : throw new XunitException($"From {start} only {seen.Count} pages were found.");
    }

    [GeneratedRegex("href=\"(/(?!dev|assets|v3)[^\"]*)\"")]
    private static partial Regex Link();

    /// <summary>What differs between pages of one kind: codes, numbers, parameters.</summary>
    [GeneratedRegex(@"(?<=[/=-])[A-Z0-9]*\d[A-Za-z0-9-]*|(?<==)[^&]+")]
    private static partial Regex Varying();

    private sealed class StoredService(string folder, string now) : TestService(now, "--storage", folder, "LocalHost__StoragePort=0");
}
