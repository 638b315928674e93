namespace OpenGov.Simulation.Activities;

/// <summary>Events for those outside government, announced in public: people register, some join the contact list; one is cancelled.</summary>
public sealed class Outreach : IActivity
{
    public int Number => 4;

    public string Title => "Difusión y sensibilización";

    public async Task<Outcome> PlayAsync(World world)
    {
        await world.Site.GoToAsync("2019-05-16T09:00");
        var fair = await world.AnnounceAsync("Outreach", "outreach", "Feria de gobierno abierto", "2019-05-25", ("place", "Parque Cervantes, David"), ("territory", "PA-4"), ("registers", "yes"), ("places", "40"));
        var talk = await world.AnnounceAsync("Outreach", "outreach", "Conversatorio con universidades", "2019-05-28", ("place", "Universidad de Panamá"), ("territory", "PA-8"));
        var called = await world.AnnounceAsync("Outreach", "outreach", "Encuentro con comunidades", "2019-05-30", ("place", "Casa Comunal, Buabidí"), ("territory", "PA-NB"), ("registers", "yes"));
        await world.RegisterAsync(fair, "academia", "PA-4", "profesora@example.org", wantsInvitations: true);
        await world.RegisterAsync(fair, "citizen", "PA-NB", "vecino.feria@example.org", wantsInvitations: true);
        await world.RegisterAsync(fair, "civil-society", "", "fundacion@example.org");
        await world.RegisterAsync(fair, "citizen", "PA-NB", null);
        await world.RegisterAsync(called, "citizen", "PA-NB", "vecino.feria@example.org");
        await world.InviteAsync(fair, "forum", "Radio Chiriquí, radio@medios.example.org");
        await world.InviteAsync(talk, "contacts");
        await world.LeaveContactsAsync("vecino.feria@example.org");
        await (await world.StaffAsync()).DoneAsync($"/staff{called}", $"/staff{called}", ("act", "cancel"), ("reason", "El camino está cerrado por las lluvias."));
        await world.Site.GoToAsync("2019-05-28T17:00");
        await world.RecordAsync(fair, "Se explicó el plan a quienes visitaron la feria.", "Volver en julio.");
        await world.RecordAsync(talk, "Se conversó sobre los datos que la academia necesita.", "Compartir la lista de datos.");
        await world.MarkDoneAsync("outreach");
        return new Outcome($"2 events held in 2 provinces, 1 cancelled with its reason; {world.Registered.Count} registered through the page", "/meetings");
    }
}
