using System.Globalization;

namespace OpenGov.Simulation.Activities;

/// <summary>Commitments of the third plan go on in the fourth, and are told of in the media.</summary>
public sealed class ContinuedCommitments : IActivity
{
    public const int Count = 5;
    private static readonly string[] Titles = ["Portal de datos abiertos", "Monitoreo de obras públicas", "Ventanilla de acceso a la información", "Compras públicas en línea", "Transparencia municipal"];

    public int Number => 5;

    public string Title => "Compromisos que continúan";

    public async Task<Outcome> PlayAsync(World world)
    {
        await world.Site.GoToAsync("2019-06-03T09:00");
        await world.ImportAsync("commitments", World.Csv([
            ["number", "title", "theme", "text", "lead", "supporting", "continuedPlan", "continuedNumber", "completion", "trail"],
            .. Titles.Index().Select(title => new[]
            {
                NumberOf(title.Index), title.Item, "Datos abiertos", $"Seguir con «{title.Item}» hasta terminarlo.", world.Cast.Pick(world.Cast.Offices).Code, "",
                "Tercer Plan de Acción 2017-2019", (title.Index + 1).ToString(CultureInfo.InvariantCulture), "substantial", "",
            }),
        ]));
        var radio = await world.AnnounceAsync(
            "Media", "continued-commitments", "Entrevista sobre los compromisos que continúan", "2019-06-04", ("place", "Radio Nacional"), ("spokesperson", "Dirección de la ANTAI"), ("link", "https://radio.example.org/entrevista"));
        var meeting = await world.AnnounceAsync("Presentation", "continued-commitments", "Presentación de los compromisos que continúan", "2019-06-05");
        await world.Site.GoToAsync("2019-06-05T15:00");
        await world.RecordAsync(meeting, "Se presentó el estado de cada compromiso.", "Continúan los cinco.");
        await world.MarkDoneAsync("continued-commitments");
        return new Outcome($"{Count} commitments carried on with their trail; an interview and a presentation", radio);
    }

    private static string NumberOf(int index) => string.Create(CultureInfo.InvariantCulture, $"C-{index + 1:00}");
}
