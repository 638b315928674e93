namespace OpenGov.Simulation.Activities;

/// <summary>What was validated is presented, and the authors behind it hear of it.</summary>
public sealed class Presentation : IActivity
{
    public int Number => 11;

    public string Title => "Presentación de los compromisos";

    public async Task<Outcome> PlayAsync(World world)
    {
        if (world.Site.Now.Date < new DateTime(2019, 10, 30))
        {
            await world.Site.GoToAsync("2019-10-30T09:00");
        }
        var meeting = await world.AnnounceAsync("Presentation", "commitments-presented", "Presentación pública de los compromisos validados", $"{world.Site.Now:yyyy-MM-dd}");
        await (await world.StaffAsync()).DoneAsync("/staff/present-commitments", "/staff/present-commitments");
        await world.Site.SettleAsync();
        await world.RecordAsync(meeting, "Se presentó cada compromiso y de qué propuestas viene.", "Se publican en el sitio.");
        await world.MarkDoneAsync("commitments-presented");
        var told = (await world.Site.MailsAsync()).Count(mail => mail.Subject.StartsWith("Su propuesta llegó", StringComparison.Ordinal) || mail.Subject.StartsWith("Your proposal", StringComparison.Ordinal));
        return new Outcome($"presented in public; {told} authors told", meeting);
    }
}

/// <summary>Liaisons fill in goals; staff complete and confirm them at the tables.</summary>
public sealed class DevelopmentTables : IActivity
{
    private static readonly string[] Fields = ["problem", "contribution", "values"];

    public int Number => 12;

    public string Title => "Mesas de desarrollo";

    public async Task<Outcome> PlayAsync(World world)
    {
        await world.Notas.SendAsync("development", "2019-11-08");
        await world.Site.GoToAsync("2019-11-01T10:00");
        await world.Notas.AnswerAllAsync("development", (office, item) => new Said(
            item, "develop", ("milestone-1", $"Primera entrega de {office.Code}"), ("deliverable-1", "Informe publicado"), ("starts-1", "2020-01-15"), ("ends-1", "2020-12-15"), ("office-1", "Dirección de Planificación")), Temper.StaysSilent);
        var table = await world.AnnounceAsync("Table", "development-tables", "Mesa de trabajo con los enlaces", "2019-11-06");
        await world.InviteAsync(table, "liaisons");
        await world.Site.GoToAsync("2019-11-06T15:00");
        await world.RecordAsync(table, "Los enlaces completaron sus metas.", "ANTAI confirma cada compromiso.");
        await world.Site.SettleAsync();
        var staff = await world.StaffAsync();
        var confirmed = 0;
        foreach (var number in (await Validation.CommitmentsAsync(world)).Where(commitment => commitment.GetProperty("state").GetString() is "validated" or "continued").Select(commitment => commitment.GetProperty("number").GetString()))
        {
            await staff.DoneAsync(
                $"/staff/development/{number}", $"/staff/development/{number}",
                [
                    .. Fields.Select(field => (field, "Lo que la mesa acordó.")),
                    ("starts", "2019-12-16"), ("ends", "2021-08-31"),
                    ("milestone-1", "Primera entrega"), ("deliverable-1", "Informe publicado"), ("starts-1", "2020-01-15"), ("ends-1", "2020-12-15"), ("office-1", "Dirección de Planificación"), ("act", "confirm"),
                ]);
            confirmed++;
        }
        await world.Site.GoToAsync("2019-11-11T09:00");
        await world.Notas.CloseRoundsAsync("development");
        await world.MarkDoneAsync("development-tables");
        return new Outcome($"{(await world.Notas.ListAsync("development")).Count} notas to liaisons; {confirmed} commitments with goals, confirmed", "/commitments");
    }
}
