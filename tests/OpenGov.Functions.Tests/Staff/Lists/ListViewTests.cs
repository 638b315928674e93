using FsCheck;
using FsCheck.Xunit;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace OpenGov.Functions.Staff.Lists;

public sealed class ListViewTests
{
    private static readonly string[] Colours = ["azul", "rojo", "verde"];
    private static readonly string[] Titles = ["Educación rural", "educacion para todos", "Agua en Ñurüm", "AGUA", "Ángel guardián", "Zonas francas", ""];

    private static readonly ListShape<Row> Shape = new(
        "rows", "/rows", row => $"{row.Title} {row.Number}",
        [
            new("colour", [.. Colours.Select(colour => (colour, colour.ToUpperInvariant()))], row => row.Colour),
            new("size", [("big", "Grande"), ("even", "Par")], row => [row.Number > 100 ? "big" : null, row.Number % 2 == 0 ? "even" : null]),
        ],
        [new("usual"), ListOrder.ByWords("title", (Row row) => row.Title), ListOrder.Down("number", (Row row) => row.Number / 10), ListOrder.By("colour", (Row row) => row.Colour)],
        [new("number", row => $"{row.Number}"), new("title", row => row.Title), new("mailbox", _ => "ana@example.org", IsPersonal: true)]);

    [Property]
    public bool Turning_the_pages_shows_each_row_that_was_found_exactly_once_and_in_order(Asked asked)
    {
        var view = asked.View();
        var shown = Enumerable.Range(1, view.Pages).SelectMany(page => View(asked.Rows, view.QueryAt(page)).Shown).ToList();
        return shown.SequenceEqual(view.Found) && view.Shown.Count <= ListView.PageSize && view.Count == view.Found.Count && view.Total == asked.Rows.Count;
    }

    [Property]
    public bool A_list_is_searched_narrowed_and_ordered_as_it_was_asked_for(Asked asked)
    {
        var view = asked.View();
        var left = asked.Rows.Except(view.Found).ToList();
        return view.Found.All(row => asked.Takes(row)) && !left.Any(row => asked.Takes(row));
    }

    [Property]
    public bool Rows_that_an_order_does_not_tell_apart_stay_as_they_came(Asked asked)
    {
        var view = asked.View();
        var comparer = Shape.Orders.First(order => order.Name == view.Sort).Comparer ?? Comparer<Row>.Create((_, _) => 0);
        return view.Found.Zip(view.Found.Skip(1)).All(pair =>
            comparer.Compare(pair.First, pair.Second) < 0 || (comparer.Compare(pair.First, pair.Second) == 0 && pair.First.Place < pair.Second.Place));
    }

    [Property]
    public bool The_spreadsheet_of_a_page_holds_what_was_found_whichever_page_it_is(Asked asked)
    {
        var view = asked.View();
        return view.Found.Select(row => $"{row.Number}").SequenceEqual(View(asked.Rows, view.QueryAt(view.Pages)).Sheet(withPeople: false).Rows.Select(row => row.First()!));
    }

    [Property]
    public bool What_a_page_leads_to_is_the_same_list(Asked asked)
    {
        var view = asked.View();
        var again = View(asked.Rows, view.Query);
        return again.Query == view.Query && again.Page == view.Page && again.Found.SequenceEqual(view.Found);
    }

    [Theory]
    [InlineData("educacion", 2)]
    [InlineData("EDUCACIÓN", 2)]
    [InlineData("  agua ñurum ", 1)]
    [InlineData("agua educacion", 0)]
    [InlineData("3", 1)]
    [InlineData("", 7)]
    public void Accents_capitals_and_the_order_of_the_words_do_not_matter_to_a_search(string words, int found) =>
        Assert.Equal(found, View(Rows(Titles), $"?q={Uri.EscapeDataString(words)}").Count);

    [Theory]
    [InlineData("?colour=malva&size=&sort=nonsense&page=x")]
    [InlineData("?page=0&sort=")]
    [InlineData("?page=-3&colour=AZUL")]
    [InlineData("?page=99999999999999999999")]
    [InlineData("?unknown=1&page=1e3")]
    [InlineData("")]
    public void What_nobody_could_have_chosen_is_as_if_it_had_not_been_asked_for(string query)
    {
        var view = View(Rows(Titles), query);
        Assert.Equal((7, 1, "usual", "", false), (view.Count, view.Page, view.Sort, view.Query, view.IsNarrowed));
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(50, 2, 1)]
    [InlineData(51, 2, 2)]
    [InlineData(200, 9, 4)]
    public void A_page_beyond_the_last_is_the_last(int rows, int asked, int page) =>
        Assert.Equal(page, View(Rows([.. Enumerable.Range(0, rows).Select(number => $"{number}")]), $"?page={asked}").Page);

    [Fact]
    public void Words_are_in_the_order_of_a_Spanish_dictionary_and_numbers_in_their_own() => Assert.Equal(
        ["agua", "Ángel", "ángulo", "C-2", "C-10", "nube", "ñame", "Zona"],
        View(Rows(["Zona", "ñame", "C-10", "nube", "ángulo", "Ángel", "C-2", "agua"]), "?sort=title").Found.Select(row => row.Title));

    [Fact]
    public void An_option_says_how_many_rows_it_finds_by_itself()
    {
        var view = View([.. Enumerable.Range(95, 10).Select(number => new Row(number, number, "x", Colours[number % 2]))], "?colour=rojo");
        Assert.Equal([("azul", 5), ("rojo", 5), ("verde", 0)], view.Field("colour").Options.Select(option => (option.Value, option.Rows)));
        Assert.Equal([("big", 4), ("even", 5)], view.Field("size").Options.Select(option => (option.Value, option.Rows)));
    }

    [Fact]
    public void What_leads_to_people_is_for_those_who_act()
    {
        var view = View(Rows(["Uno"]), "");
        Assert.Equal(["number", "title"], view.Sheet(withPeople: false).Columns);
        Assert.Equal(["0", "Uno", "ana@example.org"], Assert.Single(view.Sheet(withPeople: true).Rows));
    }

    [Fact]
    public void What_the_page_asked_for_beside_stays_while_the_list_is_turned_over_and_when_its_filters_are_taken_off()
    {
        var view = ListView.Of(Shape with { Kept = new Dictionary<string, string> { ["from"] = "2019-05-02" } }, Rows([.. Enumerable.Repeat("agua", 60)]), Query("?q=agua"));
        Assert.Equal(("?from=2019-05-02&q=agua&page=2", "?from=2019-05-02"), (view.QueryAt(2), view.QueryOfAll));
    }

    [Theory]
    [InlineData(1, 1, "1")]
    [InlineData(150, 2, "1 2 3")]
    [InlineData(500, 1, "1 2 … 10")]
    [InlineData(500, 5, "1 … 4 5 6 … 10")]
    [InlineData(500, 10, "1 … 9 10")]
    public void The_first_page_the_last_and_those_beside_are_offered(int rows, int page, string offered) =>
        Assert.Equal(offered, string.Join(' ', View(Rows([.. Enumerable.Range(0, rows).Select(number => $"{number}")]), $"?page={page}").PagesToOffer.Select(number => number is null ? "…" : $"{number}")));

    private static IReadOnlyList<Row> Rows(string[] titles) => [.. titles.Select((title, place) => new Row(place, place, title, Colours[place % 3]))];

    private static ListView<Row> View(IReadOnlyList<Row> rows, string query) => ListView.Of(Shape, rows, Query(query));

    private static ListQuery Query(string text) => ListQuery.Of(new QueryCollection(QueryHelpers.ParseQuery(text)));

    public sealed record Row(int Place, int Number, string Title, string Colour);

    /// <summary>Any list, and anything that a page of it could ask for.</summary>
    public sealed record Asked(PositiveInt Many, int Seed, byte Words, byte Colour, byte Size, byte Sort, NonNegativeInt Page)
    {
        public IReadOnlyList<Row> Rows { get; } = RowsOf(Many.Get * 7 % 260, Seed);

        private string? Searched => Pick(Words, "agua", "EDUCACIÓN", "1");

        private string? OfColour => Pick(Colour, Colours);

        private string? OfSize => Pick(Size, "big", "even");

        public ListView<Row> View() => ListViewTests.View(
            Rows, QueryHelpers.AddQueryString("", new Dictionary<string, string?>
            {
                ["q"] = Searched,
                ["colour"] = OfColour,
                ["size"] = OfSize,
                ["sort"] = Shape.Orders[Sort % Shape.Orders.Count].Name,
                ["page"] = $"{Page.Get % 9}",
            }));

        public bool Takes(Row row) =>
            (OfColour is null || row.Colour == OfColour)
            && (OfSize is null || (OfSize == "big" ? row.Number > 100 : row.Number % 2 == 0))
            && Searched switch
            {
                null => true,
                "1" => $"{row.Number}".Contains('1'),
                "agua" => row.Title.Contains("agua", StringComparison.OrdinalIgnoreCase),
                _ => row.Title.StartsWith("educaci", StringComparison.OrdinalIgnoreCase),
            };

        private static string? Pick(byte by, params string[] among) => by % (among.Length + 2) is var place && place < among.Length ? among[place] : null;

        private static IReadOnlyList<Row> RowsOf(int many, int seed)
        {
            var random = new System.Random(seed);
            return [.. Enumerable.Range(0, many).Select(place => new Row(place, random.Next(200), Titles[random.Next(Titles.Length)], Colours[random.Next(Colours.Length)]))];
        }
    }
}
