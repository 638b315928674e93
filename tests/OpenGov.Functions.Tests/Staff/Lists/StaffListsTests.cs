using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using CsvHelper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Playwright;
using static OpenGov.Functions.StaffSignIn;

namespace OpenGov.Functions.Staff.Lists;

/// <summary>Every list of the console: its pages, one after the other, are its spreadsheet.</summary>
public sealed partial class StaffListsTests(ListsService service, TestBrowser browser) : IClassFixture<ListsService>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    /// <param name="row">Finds what tells the rows of a page apart.</param>
    /// <param name="columns">Places of the columns that say the same.</param>
    /// <param name="queries">Each with the number of rows that it finds, where that is known.</param>
    [Theory]
    [InlineData("proposals", "/staff/proposals", 200, """<h2><a href="/staff/proposals/([A-Z0-9]{9})">""", "0", "sort=title 200", "q=educacion&sort=oldest 34", "answered=no&status=received&theme=none 200")]
    [InlineData("similar", "/staff/proposals/similar", 51, """/staff/proposals/([A-Z0-9]{9}\?into=[A-Z0-9]{9})#merge""", "1?into=3", "sort=title", "q=zonas")]
    [InlineData("requests", "/staff/requests", 200, """<th scope="row"><a href="/staff/requests/(\d+-\d+)">""", "0", "sort=institution 200", "round=validation-2 67", "group=Silent&sort=due 200", "institution=I007 1", "q=educacion 34")]
    [InlineData("commitments", "/staff/commitments", 200, """<th scope="row"><a href="/staff/commitments/(C-\d+)">""", "0", "sort=title 200", "state=Proposed 140", "institution=I001&theme=Tem%C3%A1tica+2 67", "pending=ask&sort=lead 140")]
    [InlineData("institutions", "/staff/institutions", 200, """<h2><a href="/staff/institutions/([A-Z0-9]+)">""", "0", "sort=code 200", "holder=acting&sort=notas 50", "notas=none 0", "q=NAME 34")]
    [InlineData("themes", "/staff/themes", 60, """<th scope="row"><a href="/staff/themes/(T-\d+)">""", "0", "sort=name 60", "decision=Candidate 59")]
    [InlineData("meetings", "/staff/meetings", 200, """<th scope="row"><a href="/staff/meetings/(R-\d+)">""", "0", "sort=earliest 200", "type=Table 50", "type=Table&state=upcoming", "step=call-for-proposals&q=angeles 33")]
    [InlineData("members", "/staff/members", 200, """<span class="muted">(M-\d+)</span>""", "0", "sort=name 200", "sector=NotGovernment&sort=organization 100")]
    [InlineData("liaisons", "/staff/liaisons", 60, """<th scope="row">([^<]*)</th>""", "1", "sort=institution 60", "state=NotAsked&theme=T-01 60", "institution=I060 1")]
    [InlineData("development", "/staff/development", 60, """<th scope="row"><a href="/staff/development/(C-\d+)">""", "0", "sort=completeness 60", "state=incomplete&sort=lead 60", "institution=I007 1")]
    [InlineData("mails", "/staff/mails", 60, """<a href="/staff/mails/[0-9a-f]{32}">([^<]*)</a>""", "0", "sort=newest 60", "state=Refused&sort=subject 30")]
    [InlineData("notices", "/staff/notices", 51, """<strong>([^<]*)</strong>""", "2", "sort=latest", "state=Planned", "about=activity&sort=earliest")]
    [InlineData("work", "/staff/work", 60, """<pre class="mail-text">([^<]*)</pre>""", "2", "sort=newest 60", "queue=effects 30")]
    [InlineData("batches", "/staff/intake", 60, """ · (formularios-\d+\.csv)</th>""", "2", "sort=oldest 60", "state=Registered&sort=session 20")]
    [InlineData("channels", "/staff/channels", 60, """<th scope="row"><a href="/staff/channels/([A-Z0-9-]+)">""", "0", "sort=name 60", "medium=social 30", "q=name 10")]
    public async Task A_list_shows_a_page_at_a_time_what_its_spreadsheet_holds_at_once(string list, string path, int least, string row, string columns, params string[] queries)
    {
        var range = list == "notices" ? "from=2019-02-22&to=2019-12-31" : "";
        var all = await PagesAsync($"{path}?{range}", row);
        Assert.InRange(all.Count, least, 600);
        Assert.Equal(all, await SheetAsync($"/staff/exports/{list}?{range}", columns));
        foreach (var query in queries.Select(query => query.Split(' ')))
        {
            var shown = await PagesAsync($"{path}?{range}&{query[0]}", row);
            Assert.Equal(shown, await SheetAsync($"/staff/exports/{list}?{range}&{query[0]}", columns));
            Assert.Equal(query.Length == 2 ? query[1] : $"{shown.Count}", $"{shown.Count}");
            Assert.True(shown.Count > 0 || query.Length == 2, query[0]);
        }
        Assert.Contains("Nada corresponde a lo que busca", await service.Staff.ReadAsync($"{path}?{range}&q=zzzz"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_spreadsheet_of_institutions_is_imported_again_and_changes_nothing_but_what_was_typed_into_it()
    {
        var sheet = await service.Staff.GetStringAsync("/staff/exports/institutions?sort=code", Cancel);
        Assert.Contains("I004,Ángeles 4,Director/a General,Titular 4,sí,", sheet, StringComparison.Ordinal);
        var unchanged = await (await service.Staff.ReviewImportAsync("institutions", sheet)).ReadAsync();
        Assert.Contains("Sin cambios: 200", unchanged, StringComparison.Ordinal);
        var changed = await (await service.Staff.ReviewImportAsync("institutions", sheet.Replace("Titular 4,sí", "Titular 4,no", StringComparison.Ordinal))).ReadAsync();
        Assert.Contains("Cambian: 1", changed, StringComparison.Ordinal);
        Assert.Contains("encargado: sí → no", changed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_word_that_a_list_is_shown_with_is_written_and_no_list_has_two_columns_of_one_name()
    {
        var texts = service.Services.GetRequiredService<IStringLocalizer<ListTexts>>();
        var lists = service.Services.GetServices<IStaffList>().ToList();
        foreach (var list in lists)
        {
            var view = await list.ReadAsync(new ListQuery(new Dictionary<string, string>()), Cancel);
            var names = view.Sheet(withPeople: true).Columns.Select(column => $"Column-{column}")
                .Concat(view.Fields.Select(field => $"Filter-{field.Name}")).Concat(view.Sorts.Select(sort => $"Sort-{sort}")).Append($"Rows-{list.Name}").ToList();
            Assert.Equal([], names.Where(name => texts[name].ResourceNotFound).Select(name => $"{list.Name} {name}"));
            Assert.Equal(names.Distinct(), names);
            Assert.Equal(list.Name, view.Name);
        }
        Assert.Equal(15, lists.DistinctBy(list => list.Name).Count());
    }

    [Fact]
    public async Task A_reader_gets_no_mailboxes_in_any_spreadsheet_and_what_failed_is_for_organisers()
    {
        using var reader = await service.SignInAsync(Reader);
        using var secretary = await service.SignInAsync(Secretary);
        foreach (var list in service.Services.GetServices<IStaffList>().Where(list => list.Name != "work"))
        {
            Assert.DoesNotContain("@", await reader.GetStringAsync($"/staff/exports/{list.Name}", Cancel), StringComparison.Ordinal);
        }
        foreach (var (list, mailbox) in new[] { ("institutions", "oficina7@example.org"), ("members", "miembro7@example.org"), ("requests", "oficina7@example.org"), ("mails", "correo7@example.org"), ("proposals", "vecina1@example.org") })
        {
            Assert.Contains(mailbox, await secretary.GetStringAsync($"/staff/exports/{list}", Cancel), StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.Forbidden, (await secretary.GetAsync("/staff/exports/work", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await secretary.GetAsync("/staff/exports/nothing", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await service.NewPlainClient().GetAsync("/staff/exports/members", Cancel)).StatusCode);
    }

    [Theory]
    [InlineData(320)]
    [InlineData(1280)]
    public async Task A_clerk_searches_narrows_orders_and_turns_over_a_list_by_keyboard_alone(int width)
    {
        var page = await browser.OpenAsync(service.Http.BaseAddress!, width);
        await service.SignInAsync(page);
        await page.GotoAsync("/staff/institutions");
        await TabToAsync(page, "#q");
        await page.Keyboard.TypeAsync("titular");
        await ChooseNextAsync(page, "#by-notas", "open");
        await ChooseNextAsync(page, "#by-sort", "code");
        await TabToAsync(page, "form[role=search] button");
        await page.Keyboard.PressAsync("Enter");
        await page.ArrivesAtAsync("sort=code$");
        Assert.EndsWith("?q=titular&holder=&notas=open&sort=code", page.Url, StringComparison.Ordinal);
        Assert.Equal("Instituciones: 200 de 200 (de la 1 a la 50 en esta página)", await page.GetByRole(AriaRole.Status).InnerTextAsync());
        await TabToAsync(page, "a[rel=next]");
        await page.Keyboard.PressAsync("Enter");
        await page.ArrivesAtAsync("page=2$");

        Assert.Equal(("titular", "open", "code"), (await page.Locator("#q").InputValueAsync(), await page.Locator("#by-notas").InputValueAsync(), await page.Locator("#by-sort").InputValueAsync()));
        Assert.Contains("I051", await page.Locator("main .list li").First.InnerTextAsync(), StringComparison.Ordinal);
        await TabToAsync(page, "nav.pagination a[aria-current=page]");
        Assert.EndsWith("2", await page.Locator(":focus").InnerTextAsync(), StringComparison.Ordinal);
    }

    private static async Task ChooseNextAsync(IPage page, string list, string expected)
    {
        await TabToAsync(page, list);
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(page.Locator(list)).ToHaveValueAsync(expected);
    }

    [Theory]
    [InlineData(320)]
    [InlineData(1280)]
    public async Task A_long_list_is_good_to_read(int width)
    {
        var page = await browser.OpenAsync(service.Http.BaseAddress!, width, script: true);
        await service.SignInAsync(page, Secretary);
        foreach (var (name, path) in new[] { ("institutions", "/staff/institutions?q=titular&page=2"), ("requests", "/staff/requests?group=Silent"), ("liaisons", "/staff/liaisons") })
        {
            await page.ShowsWellAtAsync(path, $"list-{name}-{width}");
        }
    }

    /// <summary>The rows of all pages, in the order in which they are read.</summary>
    private async Task<List<string>> PagesAsync(string address, string row)
    {
        var rows = new List<string>();
        for (var (next, pages) = ((string?)address, 0); next is not null && pages < 20; pages++)
        {
            var page = await service.Staff.GetStringAsync(next, Cancel);
            var shown = Regex.Matches(page, row).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).ToList();
            Assert.InRange(shown.Count, 0, ListView.PageSize);
            rows.AddRange(shown);
            next = Next().Match(page) is { Success: true } found ? WebUtility.HtmlDecode(found.Groups[1].Value) : null;
        }
        return rows;
    }

    /// <param name="columns">Places of columns, and what stands between them: "1?into=3".</param>
    private async Task<List<string>> SheetAsync(string address, string columns)
    {
        using var csv = new CsvParser(new StringReader(await service.Staff.GetStringAsync(address, Cancel)), CultureInfo.InvariantCulture);
        await csv.ReadAsync();
        var rows = new List<string>();
        while (await csv.ReadAsync())
        {
            rows.Add(Digits().Replace(columns, place => csv.Record![int.Parse(place.Value, CultureInfo.InvariantCulture)]).Replace("Nota N.º ", "", StringComparison.Ordinal));
        }
        return rows;
    }

    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var presses = 0; presses < 150; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.Locator($"{selector}:focus").CountAsync() > 0)
            {
                return;
            }
        }
        Assert.Fail($"The keyboard does not reach {selector}.");
    }

    [GeneratedRegex("""rel="next" href="([^"]*)""")]
    private static partial Regex Next();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
