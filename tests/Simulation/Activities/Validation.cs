using System.Text.Json;

namespace OpenGov.Simulation.Activities;

/// <summary>Authorities approve, refuse with a counterproposal, or say whose it is; ANTAI decides until every commitment is settled.</summary>
public sealed class Validation : IActivity
{
    private const int MostRounds = 6;
    private static readonly string[] Dues = ["2019-10-11", "2019-10-16", "2019-10-18", "2019-10-22", "2019-10-24", "2019-10-28"];

    public int Number => 10;

    public string Title => "Validación por las autoridades";

    public async Task<Outcome> PlayAsync(World world)
    {
        await world.Site.GoToAsync("2019-10-01T09:00");
        await SendAsync(world, Dues[0]);
        await world.Site.GoToAsync("2019-10-02T10:00");
        var moved = world.Cast.Offices.Last(office => office.Temper == Temper.Prompt);
        await world.PostAsync($"/api/staff/institutions/{moved.Code}/holder", new { title = moved.Title, name = world.Cast.Name(), acting = true });
        await world.Site.GoToAsync("2019-10-08T10:00");
        await world.Notas.AnswerAllAsync("validation", FirstWord(world), Temper.StaysSilent, Temper.ComesLate);
        await world.Site.SettleAsync();
        // The presentation and the tables after it cannot wait for late answers where they stand.
        await MoveAsync(world);
        await world.Site.GoToAsync("2019-10-14T10:00");
        await world.Notas.AnswerAllAsync("validation", FirstWord(world), Temper.StaysSilent);
        await world.Site.SettleAsync();

        var decisions = 0;
        for (var round = 1; round < MostRounds; round++)
        {
            await world.Notas.CloseRoundsAsync("validation");
            decisions += await DecideAsync(world, Dues[round]);
            if (await UnsettledAsync(world) is { Count: 0 })
            {
                break;
            }
            await SendAsync(world, Dues[round]);
            await world.Notas.AnswerAllAsync("validation", (_, item) => new Said(item, "approve"), Temper.StaysSilent);
            await world.Site.GoToAsync($"{DateOnly.ParseExact(Dues[round], "yyyy-MM-dd").AddDays(1):yyyy-MM-dd}T09:00");
        }
        if (await UnsettledAsync(world) is { Count: > 0 } left)
        {
            throw new PlayException($"Not settled: {string.Join(", ", left.Select(commitment => $"{commitment.GetProperty("number")} {commitment.GetProperty("state")}"))}");
        }
        await world.MarkDoneAsync("validation");
        var all = await CommitmentsAsync(world);
        int Count(string state) => all.Count(commitment => commitment.GetProperty("state").GetString() == state);
        var notas = await world.Notas.ListAsync("validation");
        return new Outcome(
            $"{notas.Count} notas in {notas.Max(nota => nota.Round)} rounds, {decisions} decisions: {Count("validated")} validated, {Count("withdrawn")} withdrawn", "/requests");
    }

    public static async Task<IReadOnlyList<JsonElement>> CommitmentsAsync(World world) =>
        [.. (await Site.ReadAsync(world.Site.Public, "/api/commitments")).GetProperty("items").EnumerateArray()];

    private static Func<Office, string, Said> FirstWord(World world) => (office, item) => office.Temper switch
    {
        Temper.Refuses when world.Cast.Happens(50) => new Said(item, "not-viable", ("reasons", "No hay presupuesto para todo el país este año."), ("counterproposal", $"Comenzar con un plan piloto en tres provincias ({item}).")),
        Temper.SaysNotOurs when world.Cast.Happens(40) => new Said(item, "not-competent", ("competent", world.Cast.Pick(world.Cast.Offices).Name)),
        _ => new Said(item, "approve"),
    };

    /// <summary>Notas about every commitment that nobody was asked about yet.</summary>
    private static async Task SendAsync(World world, string due)
    {
        var toAsk = (await CommitmentsAsync(world)).Where(commitment => commitment.GetProperty("positions").EnumerateArray().All(position => position.GetProperty("position").GetString() == "not-asked")
            && commitment.GetProperty("state").GetString() is "proposed" or "in-review").Select(commitment => commitment.GetProperty("number").GetString()!).ToArray();
        if (toAsk.Length > 0)
        {
            await world.Notas.SendAsync("validation", due, new { commitments = toAsk });
        }
    }

    private static async Task MoveAsync(World world)
    {
        var staff = await world.StaffAsync();
        MovedActivity[] moved = [new("commitments-presented", "2019-10-28", "2019-11-01", world.Site.Now), new("development-tables", "2019-10-29", "2019-11-08", world.Site.Now)];
        var preview = await staff.SubmitAsync(
            "/staff/activities/dates", "/staff/activities/dates",
            [.. moved.SelectMany(activity => new[] { ($"{activity.Key}-opens", activity.Opens), ($"{activity.Key}-closes", activity.Closes) }), ("reason", "Hay instituciones con autoridades nuevas que necesitan más días."), ("act", "preview")]);
        var applied = await staff.SubmitAsync(preview, "/staff/activities/dates", null, ("act", "apply"));
        if (applied.StatusCode != System.Net.HttpStatusCode.SeeOther)
        {
            throw new PlayException($"The dates were not moved: {(int)applied.StatusCode}.");
        }
        world.Moved.AddRange(moved);
        await world.Site.SettleAsync();
    }

    private static async Task<IReadOnlyList<JsonElement>> UnsettledAsync(World world) =>
        [.. (await CommitmentsAsync(world)).Where(commitment => commitment.GetProperty("state").GetString() is not ("validated" or "withdrawn" or "continued"))];

    /// <summary>On every no, and on every commitment that its lead blocks.</summary>
    private static async Task<int> DecideAsync(World world, string due)
    {
        var decisions = 0;
        foreach (var unsettled in await UnsettledAsync(world))
        {
            // Each decision is answered with the commitment as it is then; the public list may be some seconds old.
            for (var commitment = unsettled; Next(world, commitment, due) is { } decision; decisions++)
            {
                commitment = await world.PostAsync($"/api/staff/commitments/{commitment.GetProperty("number").GetString()}/decisions", decision);
            }
        }
        await world.Site.SettleAsync();
        return decisions;
    }

    private static object? Next(World world, JsonElement commitment, string due)
    {
        var positions = commitment.GetProperty("positions").EnumerateArray().ToList();
        var contested = positions.FirstOrDefault(position => position.GetProperty("position").GetString() == "contests");
        if (contested.ValueKind == JsonValueKind.Undefined)
        {
            return commitment.GetProperty("state").GetString() == "blocked" ? new { kind = "withdraw", reason = "La institución líder no respondió, y ninguna otra puede asumirlo." } : null;
        }
        var (institution, request, hash) = (contested.GetProperty("institution").GetString(), contested.GetProperty("request").GetString(), contested.GetProperty("hash").GetString());
        var isLead = contested.GetProperty("role").GetString() == "lead";
        if (contested.GetProperty("choice").GetString() == "not-competent")
        {
            var taken = positions.Select(position => position.GetProperty("institution").GetString()).ToHashSet();
            var other = world.Cast.Pick(world.Cast.Offices.Where(office => office.Temper == Temper.Prompt && !taken.Contains(office.Code)), 1);
            return other.Count > 0 ? new { kind = "replace", institution, request, hash, replacement = other[0].Code, reason = "La materia le compete por ley.", due }
                : isLead ? new { kind = "ask-again", institution, request, hash, reason = "La ley le asigna esta materia.", due } : new { kind = "uphold", institution, request, hash, reason = "Se acepta que no le compete." };
        }
        return world.Cast.Number(1, 3) switch
        {
            1 => new { kind = "accept", institution, request, hash },
            2 => new { kind = "ask-again", institution, request, hash, reason = "La contrapropuesta no guarda relación con lo que se propone.", due },
            _ when isLead => new { kind = "revise", text = $"{commitment.GetProperty("text").GetString()} Se comienza por tres provincias.", reason = "Se recoge lo que la institución puede cumplir." },
            _ => new { kind = "uphold", institution, request, hash, reason = "Se acepta que no cuenta con presupuesto." },
        };
    }
}
