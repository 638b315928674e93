using System.Net.Http.Json;
using System.Text.Json;

namespace OpenGov.Functions.Development;

/// <summary>The call is over, a theme is adopted and has its liaison; it is the week of the co-creation tables.</summary>
public sealed class TablesService() : TestService("2019-04-27T09:00")
{
    public string Proposal { get; private set; } = "";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var answer = await Http.PostAsJsonAsync("/api/proposals", new
        {
            title = "Presupuestos municipales abiertos",
            problem = "Nadie sabe en qué se gasta.",
            author = new { email = "ana@example.org" },
            consent = true,
            language = "es",
        });
        Proposal = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()!;
        await AdvanceToAsync("2019-09-17T09:00");
    }
}
