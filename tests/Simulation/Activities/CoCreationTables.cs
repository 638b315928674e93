using System.Globalization;

namespace OpenGov.Simulation.Activities;

/// <summary>A table per theme drafts commitments, each from the proposals behind it.</summary>
public sealed class CoCreationTables : IActivity
{
    private const int Drafts = 35;

    public int Number => 9;

    public string Title => "Mesas de co-creación";

    public async Task<Outcome> PlayAsync(World world)
    {
        await world.Site.GoToAsync("2019-09-09T09:00");
        var tables = new List<string>();
        foreach (var (index, theme) in world.Themes.Index())
        {
            var day = $"2019-09-{17 + index}";
            var table = await world.AnnounceAsync("Table", "co-creation-tables", $"Mesa de {Proposals.Matters[index].Name}", day, ("theme", theme), ("registers", "yes"), ("places", "25"));
            await world.InviteAsync(table, "liaisons");
            tables.Add(table);
        }
        await world.InviteAsync(tables[0], "contacts");
        await world.RegisterAsync(tables[0], "academia", "PA-4", "profesora@example.org");
        await world.RegisterAsync(tables[0], "private", "PA-8", null);
        await world.Site.GoToAsync("2019-09-20T15:00");
        var staff = await world.StaffAsync();
        foreach (var (index, table) in tables.Index())
        {
            await world.RecordAsync(table, $"La mesa trabajó sobre {Proposals.Matters[index].Name}.", "Se redactaron las propuestas de compromiso.");
        }
        foreach (var number in Enumerable.Range(0, Drafts))
        {
            var index = number % world.Themes.Count;
            var behind = world.Cast.Pick(world.Proposals.Where(proposal => proposal.Text.Title.Contains(Proposals.Matters[index].Word, StringComparison.OrdinalIgnoreCase)), 3);
            var offices = world.Cast.Pick(world.Cast.Offices, world.Cast.Number(1, 4));
            await staff.DoneAsync(
                "/staff/drafts", "/staff/drafts",
                [
                    ("title", string.Create(CultureInfo.InvariantCulture, $"{Proposals.Matters[index].Name}: compromiso {number + 1}")), ("theme", world.Themes[index]),
                    ("text", $"Publicar y mantener al día, con la ciudadanía, lo que se propone sobre {Proposals.Matters[index].Name} (parte {number + 1})."),
                    ("proposals", string.Join(' ', behind.Select(proposal => proposal.Code))), ("table", tables[index].Split('/')[^1]), ("lead", offices[0].Code),
                    .. offices.Skip(1).Select(office => ("supporting", office.Code)),
                ]);
        }
        await world.MarkDoneAsync("co-creation-tables");
        return new Outcome($"{tables.Count} tables, {Drafts} commitments drafted from proposals", "/commitments");
    }
}
