namespace OpenGov.Simulation.Activities;

/// <summary>The draft goes to the forum, comes back with comments, and is approved as its second version.</summary>
public sealed class PlanApproval : IActivity
{
    public int Number => 13;

    public string Title => "Redacción y aprobación";

    public async Task<Outcome> PlayAsync(World world)
    {
        await DraftAsync(world, "Este plan nació de las propuestas de la ciudadanía.");
        await CirculateAsync(world, "2019-11-13");
        await VoteAsync(world, 3, (_, version) => new Said(version, "changes", ("comments", "Falta contar cómo se dará seguimiento.")));
        await MustNotBeApprovedAsync(world);
        await world.Site.GoToAsync("2019-11-12T09:00");
        await DraftAsync(world, "Este plan nació de las propuestas de la ciudadanía. Cada institución publicará su avance dos veces al año.");
        await CirculateAsync(world, "2019-11-15");
        await world.Site.GoToAsync("2019-11-14T10:00");
        await VoteAsync(world, 6, (member, version) => member == 5 ? new Said(version, "changes", ("comments", "Quisiera más metas por año.")) : new Said(version, "approve"));
        await (await world.StaffAsync()).DoneAsync("/staff/plan", "/staff/plan", ("act", "approve"), ("number", "2"), ("minutes", "Acta de la CNGAP del 14 de noviembre de 2019"));
        await world.MarkDoneAsync("plan-approval");
        await world.Site.GoToAsync("2019-11-18T09:00");
        await world.Notas.CloseRoundsAsync("plan-approval");
        return new Outcome("2 versions; the second approved by 5 of 7 members, one asked for changes, one did not answer", "/plan/versions/2");
    }

    private static async Task DraftAsync(World world, string introduction) =>
        await (await world.StaffAsync()).DoneAsync("/staff/plan", "/staff/plan", ("act", "draft"), ("introduction", introduction));

    private static async Task CirculateAsync(World world, string due) =>
        await world.Notas.SendAsync("plan-approval", due, new { to = world.Cast.Members.Select(member => member.Code).ToArray() });

    private static async Task VoteAsync(World world, int members, Func<int, string, Said> say)
    {
        foreach (var (index, member) in world.Cast.Members.Take(members).Index())
        {
            var nota = (await world.Notas.ListAsync("plan-approval")).Last(nota => nota.Mailbox == member.Mailbox && nota.IsOpen);
            await world.Notas.AnswerAsync(nota, member.Name, nota.Items.Select(item => say(index, item)));
        }
    }

    private static async Task MustNotBeApprovedAsync(World world)
    {
        var refused = await (await world.StaffAsync()).SubmitAsync("/staff/plan", "/staff/plan", ("act", "approve"), ("number", "1"), ("minutes", "Acta"));
        if (refused.StatusCode != System.Net.HttpStatusCode.BadRequest)
        {
            throw new PlayException("A version was approved without its quorum.");
        }
    }
}

public sealed class PlanDelivery : IActivity
{
    public int Number => 14;

    public string Title => "Entrega final";

    public async Task<Outcome> PlayAsync(World world)
    {
        await world.Site.GoToAsync("2019-11-25T10:00");
        var package = await world.Site.Public.GetByteArrayAsync("/plan/package.zip");
        await (await world.StaffAsync()).DoneAsync(
            "/staff/plan", "/staff/plan", ("act", "deliver"), ("on", "2019-11-25"), ("reference", "Recibido OGP-2019-131"), ("translation", "https://example.org/plan-en.pdf"));
        await world.MarkDoneAsync("delivery");
        return new Outcome($"a package of {package.Length / 1024} KiB, delivered with its receipt", "/plan/package.zip");
    }
}

public sealed class Launch : IActivity
{
    public int Number => 15;

    public string Title => "Lanzamiento";

    public async Task<Outcome> PlayAsync(World world)
    {
        await world.Site.GoToAsync("2019-12-02T10:00");
        var meeting = await world.AnnounceAsync("Launch", "launch", "Lanzamiento del plan de acción", "2019-12-10", ("place", "Teatro Nacional"));
        await world.InviteAsync(meeting, "forum");
        await world.Site.GoToAsync("2019-12-10T15:00");
        await world.RecordAsync(meeting, "Se lanzó el plan con quienes lo hicieron.", "El plan está publicado.");
        await (await world.StaffAsync()).DoneAsync("/staff/plan", "/staff/plan", ("act", "launch"));
        await world.Site.SettleAsync();
        await world.MarkDoneAsync("launch");
        var told = (await world.Site.MailsAsync()).Count(mail => mail.At.Date == new DateTime(2019, 12, 10) && mail.Text.Contains("/plan", StringComparison.Ordinal));
        return new Outcome($"an official event; {told} people and offices told", "/plan");
    }
}

/// <summary>After the delivery, within its window.</summary>
public sealed class FirstAmendment : IActivity
{
    public int Number => 16;

    public string Title => "Modificación del plan";

    public async Task<Outcome> PlayAsync(World world)
    {
        await world.Site.GoToAsync("2019-12-16T10:00");
        var staff = await world.StaffAsync();
        await staff.DoneAsync(
            "/staff/plan", "/staff/plan", ("act", "amend"), ("commitment", "C-01"), ("after", "Seguir con el portal y llevarlo a todos los municipios."), ("reason", "Los municipios pidieron sumarse."), ("askedBy", "Municipios"),
            ("approvedBy", "CNGAP, acta del 13 de diciembre de 2019"));
        await staff.DoneAsync("/staff/plan", "/staff/plan", ("act", "resubmit"), ("number", "3"), ("on", "2019-12-16"), ("reference", "Recibido OGP-2019-140"));
        await world.Site.SettleAsync();
        return new Outcome("one amendment with before and after, resubmitted with its receipt", "/plan/versions/3");
    }
}
