using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace OpenGov.Functions.Themes;

/// <summary>The call is over: proposals came in, and the forum meets. The clock stands on 2 May.</summary>
public sealed class ReviewService() : TestService("2019-04-20T09:00")
{
    private readonly Dictionary<string, string> codes = [];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        foreach (var (author, title, language) in new[]
        {
            ("ana", "Presupuestos de los municipios en datos abiertos", "es"),
            ("ben", "Open data of public contracts", "en"),
            ("carla", "Gasto municipal en formatos reutilizables", "es"),
            ("dario", "Canchas de fútbol para Colón", "es"),
            ("elsa", "Una ventanilla única de transparencia", "es"),
        })
        {
            var answer = await Http.PostAsJsonAsync("/api/proposals", new
            {
                title,
                problem = $"Importa por muchas razones, dice {author}.",
                author = new { email = MailboxOf(author) },
                consent = true,
                language,
            });
            codes[author] = answer.StatusCode == HttpStatusCode.Created
                ? (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()!
                : throw new InvalidOperationException($"The proposal was answered with {answer.StatusCode}.");
        }
        await AdvanceToAsync("2019-05-02T09:00");
    }

    /// <summary>Of the proposal of "ana", "ben" (who reads English), "carla", "dario" or "elsa".</summary>
    public string CodeOf(string author) => codes[author];

    public static string MailboxOf(string author) => $"{author}@example.org";
}
