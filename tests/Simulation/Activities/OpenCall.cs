using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AngleSharp.Html.Parser;

namespace OpenGov.Simulation.Activities;

/// <summary>Citizens propose themes: by the API, by the form, on paper; until the last minute and not after.</summary>
public sealed class OpenCall : IActivity
{
    private const int AtOnce = 8;
    private const int ByForm = 40;
    private const int OnPaper = 40;
    private static readonly string[] Days = ["2019-02-22T10:00", "2019-03-08T19:00", "2019-03-22T12:00", "2019-04-05T09:30", "2019-04-16T20:00", "2019-04-25T11:00"];
    private static readonly string[] Territories = ["PA-1", "PA-2", "PA-3", "PA-4", "PA-5", "PA-6", "PA-7", "PA-8", "PA-9", "PA-10", "PA-EM", "PA-KY", "PA-NB", "PA-NT"];
    private static readonly string[] Sectors = ["citizen", "citizen", "civil-society", "academia", "private", "public"];

    public int Number => 2;

    public string Title => "Convocatoria abierta";

    public async Task<Outcome> PlayAsync(World world)
    {
        var texts = world.Options.Proposals is { } file ? Proposals.Read(file, world.Options.Count) : Proposals.Generate(world.Cast, world.Options.Count);
        var (byForm, onPaper) = (Math.Min(ByForm, texts.Count / 4), Math.Min(OnPaper, texts.Count / 4));
        var byProgram = texts.Skip(byForm + onPaper).Index().ToList();
        foreach (var (day, batch) in Days.Zip(byProgram.Chunk((byProgram.Count + Days.Length - 1) / Days.Length)))
        {
            await world.Site.GoToAsync(day);
            world.Proposals.AddRange(await SendAsync(world, batch));
        }
        await world.Site.GoToAsync("2019-04-26T10:00");
        await EnterPaperAsync(world, [.. texts.Skip(byForm).Take(onPaper)]);

        // On the last Sunday, some forms are opened before the end and sent after it.
        await world.Site.GoToAsync("2019-04-28T23:40");
        foreach (var (number, text) in texts.Take(byForm - 1).Index())
        {
            world.Proposals.Add(await FillInAsync(world, text, $"formulario{number:000}@personas.example.org"));
        }
        var opened = await ReviewAsync(world, texts[byForm - 1], "ultima.hora@personas.example.org");
        await world.Site.GoToAsync("2019-04-29T00:05");
        world.Proposals.Add(await ConfirmAsync(world, opened, texts[byForm - 1], "ultima.hora@personas.example.org"));
        var late = await world.Site.Public.PostAsJsonAsync("/api/proposals", new { title = "Tarde", problem = "Llega tarde.", consent = true });
        if (late.IsSuccessStatusCode)
        {
            throw new PlayException("A proposal was taken after the call.");
        }
        await world.Site.GoToAsync("2019-04-29T09:00");
        await world.MarkDoneAsync("call-for-proposals");
        return new Outcome($"{world.Proposals.Count} proposals: {byForm} by the form, {onPaper} on paper, one in the minutes of grace; later ones refused", "/proposals");
    }

    private static async Task<IReadOnlyList<SentProposal>> SendAsync(World world, IEnumerable<(int Number, ProposalText Text)> batch)
    {
        // Who leaves what is drawn before the sending, so that it does not depend on who is faster.
        var drawn = batch.Select(one => (one.Number, one.Text,
            Mailbox: world.Cast.Happens(60) ? $"persona{one.Number:0000}@personas.example.org" : null,
            Territory: world.Cast.Pick(Territories), Sector: world.Cast.Pick(Sectors), Name: world.Cast.Name())).ToList();
        var sent = new SentProposal[drawn.Count];
        await Parallel.ForEachAsync(drawn.Index(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (one, cancel) =>
        {
            var (number, text, mailbox, territory, sector, name) = one.Item;
            using var post = new HttpRequestMessage(HttpMethod.Post, "/api/proposals")
            {
                Content = JsonContent.Create(new { title = text.Title, problem = text.Problem, territory, author = new { name, email = mailbox, sector }, consent = true, language = number % 10 == 0 ? "en" : "es" }),
            };
            post.Headers.Add(Site.AddressHeader, $"10.0.{number / 250}.{number % 250}");
            var answer = await world.Site.Public.SendAsync(post, cancel);
            sent[one.Index] = answer.StatusCode == HttpStatusCode.Created
                ? new SentProposal((await answer.Content.ReadFromJsonAsync<JsonElement>(cancel)).GetProperty("code").GetString()!, text, mailbox)
                : throw new PlayException($"\"{text.Title}\" was answered with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancel)}");
        });
        return sent;
    }

    private static async Task<SentProposal> FillInAsync(World world, ProposalText text, string mailbox) => await ConfirmAsync(world, await ReviewAsync(world, text, mailbox), text, mailbox);

    private static async Task<HttpResponseMessage> ReviewAsync(World world, ProposalText text, string mailbox)
    {
        var review = await world.Site.Public.SubmitAsync(
            "/proposals/new?lang=es", "/proposals/new", ("title", text.Title), ("problem", text.Problem), ("author.email", mailbox), ("consent", "true"), ("step", "review"));
        return review.StatusCode == HttpStatusCode.OK ? review : throw new PlayException($"The form was answered with {(int)review.StatusCode}.");
    }

    private static async Task<SentProposal> ConfirmAsync(World world, HttpResponseMessage review, ProposalText text, string mailbox)
    {
        var sent = await world.Site.Public.SubmitAsync(review, "/proposals/new", null, ("step", "send"));
        return sent.StatusCode == HttpStatusCode.SeeOther
            ? new SentProposal(sent.Headers.Location!.ToString().Split('/', '?')[2], text, mailbox)
            : throw new PlayException($"A proposal was answered with {(int)sent.StatusCode}: {await sent.Content.ReadAsStringAsync()}");
    }

    /// <summary>A session's forms, typed by a clerk into a spreadsheet with one mistake, which is fixed on the page.</summary>
    private static async Task EnterPaperAsync(World world, IReadOnlyList<ProposalText> texts)
    {
        var staff = await world.StaffAsync();
        var csv = World.Csv([
            ["número", "título", "por qué es importante", "provincia", "correo"],
            .. texts.Index().Select(form => new[] { $"{form.Index + 1}", form.Item.Title, form.Item.Problem, "Veraguas", form.Index == 0 ? "no es un correo" : $"papel{form.Index:000}@personas.example.org" }),
        ]);
        var batch = await staff.DoneAsync(
            "/staff/intake", "/staff/intake", new ChosenFile("file", "sesion.csv", "text/csv", Encoding.UTF8.GetBytes(csv)),
            ("name", "Sesión en Santiago"), ("date", "2019-04-24"), ("place", "Casa de la Cultura"), ("territory", "PA-9"), ("consentAll", "true"));
        var page = new HtmlParser().ParseDocument(await staff.GetStringAsync(batch));
        var wrong = page.QuerySelectorAll("input, textarea").First(field => (field.GetAttribute("value") ?? "") == "no es un correo").GetAttribute("name")!;
        var codes = await staff.DoneAsync(batch, batch, (wrong, "papel000@personas.example.org"), ("step", "register"));
        var slips = await staff.GetStringAsync($"{codes}.csv");
        foreach (var (index, line) in slips.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Index())
        {
            var code = line.Split(',', ';').Select(cell => cell.Trim('"', '\r')).First(cell => cell.Length == 9 && cell.All(char.IsAsciiLetterOrDigit));
            world.Proposals.Add(new SentProposal(code, texts[index], string.Create(CultureInfo.InvariantCulture, $"papel{index:000}@personas.example.org")));
        }
    }
}
