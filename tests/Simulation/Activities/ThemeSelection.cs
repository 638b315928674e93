using System.Globalization;
using AngleSharp.Html.Parser;

namespace OpenGov.Simulation.Activities;

/// <summary>Proposals are sorted, the forum decides on the themes, and everybody gets a reasoned response.</summary>
public sealed class ThemeSelection : IActivity
{
    private const string Other = "Otras materias";

    public int Number => 3;

    public string Title => "Escogencia de las temáticas";

    public async Task<Outcome> PlayAsync(World world)
    {
        await world.Site.GoToAsync("2019-04-30T09:00");
        var staff = await world.StaffAsync();
        foreach (var name in Proposals.Matters.Select(matter => matter.Name).Append(Other))
        {
            await staff.DoneAsync("/staff/themes", "/staff/themes", ("name", name), ("summary", $"Lo que la ciudadanía propone sobre {name}."));
        }
        var codes = Enumerable.Range(1, Proposals.Matters.Count + 1).Select(number => string.Create(CultureInfo.InvariantCulture, $"T-{number:00}")).ToList();
        foreach (var (index, matter) in Proposals.Matters.Index())
        {
            await SortAsync(staff, $"/staff/proposals?theme=none&q={matter.Word}", codes[index]);
        }
        await SortAsync(staff, "/staff/proposals?theme=none", codes[^1]);
        await world.Notas.SendAsync("theme-review", "2019-05-02");
        foreach (var nota in (await world.Notas.ListAsync("theme-review")).SkipLast(1))
        {
            await world.Notas.AnswerAsync(nota, world.Cast.Members.Single(member => member.Mailbox == nota.Mailbox).Name, nota.Items.Select(item => world.Cast.Happens(80)
                ? new Said(item, "adopt") : new Said(item, "leave-out", ("reasons", "No alcanza el tiempo de este plan."))));
        }

        await world.Site.GoToAsync("2019-05-02T14:00");
        staff = await world.StaffAsync();
        var meeting = await world.AnnounceAsync("Forum", "theme-selection", "La CNGAP escoge las temáticas", "2019-05-02");
        await world.RecordAsync(meeting, "La Comisión revisó las propuestas por temática.", "Se aprueban las temáticas de la mayoría.");
        await DecideAsync(staff, codes, "2019-05-02");
        world.Themes.AddRange(codes.Take(4));
        await world.MarkDoneAsync("theme-selection");

        await world.Site.GoToAsync("2019-05-15T09:00");
        await world.Notas.CloseRoundsAsync("theme-review");
        await AnswerInOwnWordsAsync(world, [.. world.Cast.Pick(world.Proposals, 5)]);
        await MustNotBeDoneAsync(world, "responses");
        staff = await world.StaffAsync();
        foreach (var (index, code) in codes.Index())
        {
            if ((await staff.TextAsync($"/staff/themes/{code}")).Contains("Revisar antes de enviar", StringComparison.Ordinal))
            {
                var preview = await staff.SubmitAsync(
                    $"/staff/themes/{code}", $"/staff/themes/{code}", ("act", "answer"), ("outcome", index < 5 ? "taken-up" : "not-taken-up"),
                    ("reasons", index < 5 ? "La Comisión aprobó la temática: pasa a las mesas de co-creación." : "La Comisión no la aprobó para este plan; queda para el siguiente."));
                var answered = await staff.SubmitAsync(preview, $"/staff/themes/{code}", null);
                if (answered.StatusCode != System.Net.HttpStatusCode.SeeOther)
                {
                    throw new PlayException($"The proposals of {code} were not answered: {(int)answered.StatusCode}.");
                }
            }
        }
        await world.Site.SettleAsync();
        await world.MarkDoneAsync("responses");
        return new Outcome($"6 of 7 members said beforehand what they think; 4 themes adopted, 1 joined, 2 not; {world.Proposals.Count} reasoned responses", "/themes");
    }

    /// <summary>All that the filter finds, once its number was shown.</summary>
    private static async Task SortAsync(HttpClient staff, string found, string theme)
    {
        var page = new HtmlParser().ParseDocument(await staff.GetStringAsync(found));
        var marked = page.QuerySelectorAll("input[name=code]").Select(box => ("code", box.GetAttribute("value")!)).ToArray();
        if (marked.Length == 0)
        {
            return;
        }
        var preview = page.QuerySelector("button[name=act][value=all]") is null
            ? await staff.SubmitAsync(found, "/staff/proposals/sort", [("into", theme), ("act", "marked"), .. marked])
            : await staff.SubmitAsync(found, "/staff/proposals/sort", ("into", theme), ("act", "all"));
        var sorted = await staff.SubmitAsync(preview, "/staff/proposals/sort", null);
        if (sorted.StatusCode != System.Net.HttpStatusCode.SeeOther)
        {
            throw new PlayException($"The proposals of {theme} were not sorted: {(int)sorted.StatusCode}.");
        }
    }

    private static async Task DecideAsync(HttpClient staff, List<string> codes, string day)
    {
        foreach (var (index, code) in codes.Index())
        {
            await staff.DoneAsync(
                $"/staff/themes/{code}", $"/staff/themes/{code}", ("act", "decide"), ("outcome", index < 4 ? "Adopted" : index == 4 ? "Joined" : "NotAdopted"), ("into", index == 4 ? codes[0] : ""),
                ("reasons", index < 5 ? "Muchas personas la proponen y el Estado puede cumplirla." : "No alcanza el tiempo de este plan."), ("minutes", "Acta del 2 de mayo de 2019"), ("decidedOn", day));
        }
    }

    private static async Task AnswerInOwnWordsAsync(World world, IReadOnlyList<SentProposal> some)
    {
        var staff = await world.StaffAsync();
        foreach (var proposal in some)
        {
            await staff.DoneAsync(
                $"/staff/proposals/{proposal.Code}", $"/staff/proposals/{proposal.Code}/answer", ("outcome", "not-taken-up"), ("reasons", "Ya existe un programa que atiende lo que propone; le contamos cómo usarlo."));
        }
    }

    private static async Task MustNotBeDoneAsync(World world, string key)
    {
        var leads = await (await world.StaffAsync()).DoneAsync("/staff/activities", "/staff/activities", ("key", key), ("action", "done"));
        if (!leads.Contains("lacking", StringComparison.Ordinal))
        {
            throw new PlayException($"{key} was marked done while something was lacking.");
        }
    }
}
