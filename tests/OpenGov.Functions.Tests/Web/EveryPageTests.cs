using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OpenGov.Functions.Meetings.Registration;
using OpenGov.Functions.Staff.Intake;

namespace OpenGov.Functions.Web;

/// <summary>In the week of the tables, with something on every page.</summary>
public sealed class FullService() : TestService("2019-04-27T09:00")
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        foreach (var title in new[] { "Presupuestos abiertos", "Agua en Darién", "Escuelas con internet" })
        {
            (await Http.PostAsJsonAsync("/api/proposals", new { title, problem = "Importa a todos.", author = new { email = "ana@example.org" }, consent = true, language = "es" })).EnsureSuccessStatusCode();
        }
        await AdvanceToAsync("2019-05-02T09:00");
        using var staff = await this.SignInAsync();
        await staff.PostAsync("/api/staff/import/members", new StringContent("code,name,organization,government,email\nM-01,Ana Ríos,ANTAI,sí,ana.foro@example.org\nM-02,Beto Paz,Fundación,no,beto.foro@example.org\n", Encoding.UTF8, "text/csv"));
        await staff.AdoptThemeAsync("T-01", "Datos abiertos", "MEF", "AIG");
        var code = (await Http.GetFromJsonAsync<JsonElement>("/api/proposals")).GetProperty("items")[0].GetProperty("code").GetString()!;
        await staff.DoneAsync("/staff/proposals/sort", ("act", "marked"), ("into", "T-01"), ("code", code));
        await staff.DoneAsync("/staff/themes/T-01", ("act", "answer"), ("outcome", "taken-up"), ("reasons", "Pasa a las mesas."));
        await staff.DoneAsync("/staff/channels", ("name", "Red social de la ANTAI"), ("kind", "social"));
        await staff.HoldMeetingAsync("theme-selection", "2019-05-02");
        await Http.RegisterAsync(await staff.AnnounceEventAsync("Feria de gobierno abierto", ("places", "20")), ("territory", "PA-4"));
        await Http.PostAsync("/subscribe", StaffSignIn.Form(("email", "contacto@example.org"), ("invitations", "yes"), ("name", "Contacto"), ("sector", "academia")));
        var asked = (await MailsAsync("contacto@example.org", 1))[0].GetProperty("text").GetString()!;
        await Http.PostAsync("/subscribe/confirm", StaffSignIn.Form(("t", asked.Split("/subscribe/confirm?t=")[1].Split('\n')[0].Trim())));
        (await staff.PostAsJsonAsync("/api/staff/requests", new { kind = "designation", due = "2019-05-31" })).EnsureSuccessStatusCode();
        await staff.DoneAsync("/staff/drafts", ("title", "Presupuesto abierto"), ("theme", "T-01"), ("text", "Publicarlo."), ("lead", "MEF"), ("supporting", "AIG"), ("proposals", code));
        (await staff.PostAsJsonAsync("/api/staff/requests", new { kind = "validation", commitments = new[] { "C-01" }, due = "2019-05-31" })).EnsureSuccessStatusCode();
        (await staff.PostAsJsonAsync("/api/staff/import/commitments", new object[]
        {
            new { number = "C-20", title = "Portal de datos", theme = "Datos abiertos", text = "Seguir el portal.", lead = "AIG", continuedPlan = "Tercer Plan", continuedNumber = "7", completion = "limited" },
        })).EnsureSuccessStatusCode();
        await staff.DoneAsync("/staff/plan", ("act", "draft"), ("introduction", "El plan."));
        await AdvanceByAsync("PT2M");
    }
}

/// <summary>Whatever can be reached by links is good to read: on a phone, in both languages, for axe.</summary>
public sealed partial class EveryPageTests(FullService service, TestBrowser browser) : IClassFixture<FullService>
{
    private const int OfOneShape = 2;
    private const int OfOneFilter = 1;
    private readonly HashSet<string> seen = [];
    private readonly Dictionary<string, int> shapes = [];
    private readonly List<string> wrong = [];

    [Theory]
    [InlineData("/?lang=es")]
    [InlineData("/?lang=en")]
    public async Task Every_public_page_is_good_to_read(string start)
    {
        var page = await browser.OpenAsync(service.Http.BaseAddress!, 320, script: true);
        await FollowAsync(page, start, address => !address.StartsWith("/staff", StringComparison.Ordinal));
        Assert.Equal([], wrong);
        Assert.InRange(seen.Count, 20, 200);
    }

    [Fact]
    public async Task Every_page_of_the_console_is_good_to_read()
    {
        var page = await browser.OpenAsync(service.Http.BaseAddress!, 320, script: true);
        await service.SignInAsync(page);
        await FollowAsync(page, "/staff", address => address.StartsWith("/staff", StringComparison.Ordinal));
        Assert.Equal([], wrong);
        Assert.InRange(seen.Count, 30, 200);
    }

    [Fact]
    public async Task Every_list_of_the_console_is_a_spreadsheet_too_and_a_reader_gets_no_mailboxes()
    {
        using var secretary = await service.SignInAsync(StaffSignIn.Secretary);
        using var reader = await service.SignInAsync(StaffSignIn.Reader);
        foreach (var (list, row) in new[] { ("requests", "001-2019"), ("commitments", "Presupuesto abierto"), ("institutions", "MEF"), ("meetings", "R-001"), ("members", "Ana Ríos"), ("themes", "Datos abiertos") })
        {
            Assert.Contains(row, await secretary.GetStringAsync($"/staff/exports/{list}", TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.DoesNotContain("@", await reader.GetStringAsync($"/staff/exports/{list}", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        Assert.Contains("ana.foro@example.org", await secretary.GetStringAsync("/staff/exports/members", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await secretary.GetAsync("/staff/exports/nothing", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Staff_put_the_proposals_in_the_order_that_they_need_on_the_page_and_in_the_spreadsheet()
    {
        using var staff = await service.SignInAsync(StaffSignIn.Secretary);
        foreach (var (sort, titles) in new[] { ("title", "Agua en Darién,Escuelas con internet,Presupuestos abiertos"), ("oldest", "Presupuestos abiertos,Agua en Darién,Escuelas con internet"), ("nonsense", "Escuelas con internet,Agua en Darién,Presupuestos abiertos") })
        {
            foreach (var list in new[] { "/staff/proposals", "/staff/exports/proposals" })
            {
                var read = await staff.ReadAsync($"{list}?sort={sort}");
                Assert.Equal(titles.Split(','), titles.Split(',').OrderBy(title => read.IndexOf($"{title}{(list.Contains("exports", StringComparison.Ordinal) ? "," : "</a>")}", StringComparison.Ordinal)));
            }
        }
    }

    private async Task FollowAsync(IPage page, string start, Func<string, bool> belongs)
    {
        var waiting = new Queue<string>([start]);
        while (waiting.TryDequeue(out var address))
        {
            if (!seen.Add(address))
            {
                continue;
            }
            var answer = await page.GotoAsync(address);
            if (answer?.Status != 200)
            {
                wrong.Add($"{address} answers {answer?.Status}");
                continue;
            }
            try
            {
                await page.ShowsWellAsync($"every{Shape().Replace(address, "-")}");
            }
            catch (Xunit.Sdk.XunitException unreadable)
            {
                wrong.Add($"{address}: {unreadable.Message}");
            }
            foreach (var named in await page.EvaluateAsync<string[]>("[...document.querySelectorAll('a[href]:not([download])')].map(a => a.href).filter(h => h.startsWith(location.origin)).map(h => h.slice(location.origin.length).split('#')[0])"))
            {
                // The current cycle's page is the same with its name and without it.
                var link = OfCycle().Replace(named, "");
                if (belongs(link) && !link.StartsWith("/dev", StringComparison.Ordinal) && !link.Contains("lang=", StringComparison.Ordinal) && !File().IsMatch(link) && IsNew(link))
                {
                    waiting.Enqueue(link);
                }
            }
        }
    }

    /// <summary>Not every proposal, and not every filter with every value.</summary>
    private bool IsNew(string link)
    {
        var shape = Value().Replace(link, "#");
        return !seen.Contains(link) && (shapes[shape] = shapes.GetValueOrDefault(shape) + 1) <= (link.Contains('?', StringComparison.Ordinal) ? OfOneFilter : OfOneShape);
    }

    [GeneratedRegex(@"(?<==)[^&]+|(?<=/)[A-Z0-9]{9}(?=/|\?|$)|(?<=/)[A-Z]{1,6}(-\d+)?(?=/|\?|$)|(?<=/)\d[\d-]*(?=/|\?|$)|(?<=/)[0-9a-f]{16,64}(?=/|\?|$)")]
    private static partial Regex Value();

    [GeneratedRegex("[?&]cycle=[^&]*$")]
    private static partial Regex OfCycle();

    [GeneratedRegex(@"\.(ics|docx|zip|csv|json)(\?|$)|^/api/|^/staff/(files|letters|exports)")]
    private static partial Regex File();

    [GeneratedRegex(@"[^a-z0-9]+")]
    private static partial Regex Shape();
}
