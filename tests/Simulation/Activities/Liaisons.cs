namespace OpenGov.Simulation.Activities;

/// <summary>Authorities change on 1 July; each new one names liaisons for its themes.</summary>
public sealed class Designation : IActivity
{
    public int Number => 7;

    public string Title => "Designación de enlaces";

    public async Task<Outcome> PlayAsync(World world)
    {
        await world.Site.GoToAsync("2019-06-24T09:00");
        var staff = await world.StaffAsync();
        var prompt = world.Cast.Offices.First(office => office.Temper == Temper.Prompt);
        await staff.DoneAsync("/staff/liaisons", "/staff/liaisons", [.. world.Themes.SelectMany(theme => world.Cast.Pick(world.Cast.Offices.Where(office => office != prompt), 6).Append(prompt).Select(office => ($"of-{theme}", office.Code)))]);
        // Their change is known, and nothing reaches an outgoing authority.
        var changing = world.Cast.Pick(world.Cast.Offices.Where(office => office != prompt), 3);
        foreach (var office in changing)
        {
            await world.PostAsync($"/api/staff/institutions/{office.Code}/announce", new { from = "2019-07-01" });
        }
        await world.Notas.SendAsync("designation", "2019-07-31");
        foreach (var office in changing)
        {
            if ((await world.Site.MailsAsync(office.Mailbox)).Count > 0)
            {
                throw new PlayException($"A nota reached the outgoing authority of {office.Code}.");
            }
        }
        await world.Site.GoToAsync("2019-07-02T09:00");
        foreach (var office in changing)
        {
            await world.PostAsync($"/api/staff/institutions/{office.Code}/holder", new { title = office.Title, name = world.Cast.Name() });
        }
        // One more, whom nobody announced: its open nota is sent anew.
        await world.PostAsync($"/api/staff/institutions/{prompt.Code}/holder", new { title = prompt.Title, name = world.Cast.Name() });
        await world.Site.SettleAsync();

        await world.Site.GoToAsync("2019-07-10T10:00");
        await world.Notas.AnswerAllAsync("designation", Designate, Temper.ComesLate, Temper.StaysSilent);
        await world.Site.GoToAsync("2019-08-02T10:00");
        await world.Notas.AnswerAllAsync("designation", Designate, Temper.StaysSilent);
        await world.Site.SettleAsync();
        await world.Notas.CloseRoundsAsync("designation");
        await world.MarkDoneAsync("liaisons");
        var notas = await world.Notas.ListAsync("designation");
        return new Outcome($"{notas.Count} notas, {notas.Count(nota => nota.State == "confirmed")} answered, {notas.Count(nota => nota.State == "no-answer")} without answer; 4 changes of authority", "/liaisons");
    }

    private static Said Designate(Office office, string theme) => new(theme, "designate",
        ("principal", "Enlace Principal"), ("principal-office", "Dirección de Planificación"), ("principal-email", Cast.MailboxOf("Enlace Principal", office.Domain)),
        ("alternate", "Enlace Suplente"), ("alternate-office", "Oficina de Transparencia"), ("alternate-email", Cast.MailboxOf("Enlace Suplente", office.Domain)));
}

/// <summary>Each institution chooses a date for a meeting of its authority; liaisons are trained.</summary>
public sealed class HighLevelMeetings : IActivity
{
    public int Number => 8;

    public string Title => "Alto nivel y capacitaciones";

    public async Task<Outcome> PlayAsync(World world)
    {
        await world.Site.GoToAsync("2019-08-09T09:00");
        await world.Notas.SendAsync("high-level-meeting", "2019-08-14", new { details = "2019-08-20 09:00\n2019-08-21 15:00" });
        await world.Site.GoToAsync("2019-08-12T10:00");
        await world.Notas.AnswerAllAsync("high-level-meeting", (office, item) => office.Temper switch
        {
            Temper.Refuses => new Said(item, "other", ("proposed", "el 22 de agosto en la mañana")),
            _ => new Said(item, "date-1", ("attends", office.Holder)),
        }, Temper.StaysSilent, Temper.ComesLate);
        await world.Site.GoToAsync("2019-08-15T09:00");
        var meetings = new List<string>();
        foreach (var nota in (await world.Notas.ListAsync("high-level-meeting")).Where(nota => nota.State == "confirmed"))
        {
            var meeting = await world.AnnounceAsync(
                "HighLevel", "high-level-meetings", $"Reunión de alto nivel con {world.Cast.OfficeOf(nota.Institution).Name}", "2019-08-20", ("institution", nota.Institution), ("agenda", "Gobierno abierto y los compromisos que continúan"));
            await world.InviteAsync(meeting, "office");
            meetings.Add(meeting);
        }
        var training = await world.AnnounceAsync("Training", "high-level-meetings", "Capacitación de enlaces institucionales", "2019-08-22");
        await world.InviteAsync(training, "liaisons");
        await world.Site.GoToAsync("2019-08-22T15:00");
        foreach (var meeting in meetings)
        {
            await world.RecordAsync(meeting, "La autoridad conoció el proceso y los compromisos que continúan.", "La institución participará en las mesas.");
        }
        var trained = world.Cast.Offices.First(office => office.Temper == Temper.Prompt);
        await world.RecordAsync(training, "Los enlaces conocieron el calendario y sus tareas.", "Cada enlace lleva el material a su institución.", Cast.MailboxOf("Enlace Principal", trained.Domain));
        await world.Notas.CloseRoundsAsync("high-level-meeting");
        await world.MarkDoneAsync("high-level-meetings");
        return new Outcome($"{meetings.Count} high-level meetings held; a training with attendance by name", training);
    }
}
