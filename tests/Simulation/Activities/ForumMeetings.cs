namespace OpenGov.Simulation.Activities;

/// <summary>The CNGAP meets: invited, answered, reminded, held, its minutes published.</summary>
public sealed class MethodsMeeting : IActivity
{
    public int Number => 1;

    public string Title => "Reunión de la CNGAP";

    public Task<Outcome> PlayAsync(World world) => ForumMeeting.HoldAsync(
        world, "methods-meeting", "Reunión de la CNGAP sobre métodos y temáticas", ("2019-01-04T09:00", "2019-01-11", "2019-01-11T15:00"),
        "La Comisión acordó abrir una convocatoria de propuestas de temáticas.", "Abrir la convocatoria el 22 de febrero.\nLlevarla a todas las provincias y comarcas.");
}

public sealed class TablesMethod : IActivity
{
    public int Number => 6;

    public string Title => "Metodología de las mesas";

    public Task<Outcome> PlayAsync(World world) => ForumMeeting.HoldAsync(
        world, "tables-method", "Reunión de la CNGAP sobre la metodología de las mesas", ("2019-06-06T09:00", "2019-06-13", "2019-06-13T15:00"),
        "La Comisión fijó cómo trabajan las mesas: por temática, con todos los sectores y con las propuestas a la vista.", "Una mesa por temática.\nCada compromiso dice de qué propuestas viene.");
}

internal static class ForumMeeting
{
    public static async Task<Outcome> HoldAsync(World world, string activity, string title, (string Announced, string Day, string Ended) when, string minutes, string agreements)
    {
        await world.Site.GoToAsync(when.Announced);
        var meeting = await world.AnnounceAsync("Forum", activity, title, when.Day);
        await world.InviteAsync(meeting, "forum");
        var (comes, stays, silent) = (world.Cast.Members.Take(4), world.Cast.Members[4], world.Cast.Members[6]);
        foreach (var member in comes)
        {
            await world.ReplyAsync(member.Mailbox, member.Name, meeting, "yes");
        }
        await world.ReplyAsync(stays.Mailbox, stays.Name, meeting, "no");
        await world.ReplyAsync(world.Cast.Members[5].Mailbox, world.Cast.Members[5].Name, meeting, "somebody-else", ("who", world.Cast.Name()));
        await world.Site.GoToAsync(when.Ended);
        await world.RecordAsync(meeting, minutes, agreements, [.. comes.Select(member => member.Mailbox)]);
        await world.MarkDoneAsync(activity);
        return new Outcome($"7 invited, 6 replied, {silent.Code} did not; minutes with 2 agreements", meeting);
    }
}
