using System.Globalization;

namespace OpenGov.Functions.Staff.Intake;

/// <summary>What people write on paper, as a clerk types it into a spreadsheet.</summary>
internal static class PaperForms
{
    public const string Header = "Número;Título;Problema;Propuesta;Provincia;Nombre;Correo;Teléfono;Sector;Publicar nombre;Consentimiento";

    private static readonly string[] Themes =
        ["Agua potable", "Presupuesto abierto", "Caminos de producción", "Citas médicas", "Escuelas rurales", "Basura", "Transporte", "Compras públicas", "Consulta previa", "Empleo juvenil"];

    private static readonly string[] Places =
        ["Alanje", "Barú", "Boquerón", "Boquete", "Bugaba", "David", "Dolega", "Gualaca", "Remedios", "Renacimiento", "San Félix", "San Lorenzo", "Tolé", "Besikó", "Mironó", "Müna", "Nole Duima", "Ñürüm", "Kankintú", "Kusapín",
            "Chiriquí Grande", "Almirante", "Bastimentos", "Guabito", "Changuinola", "Soná", "Las Palmas", "Cañazas", "La Mesa", "Atalaya"];

    /// <summary>A row for each theme in each place: 300.</summary>
    public static IReadOnlyList<string> Rows { get; } =
        [.. Themes.SelectMany(theme => Places.Select(place => (theme, place))).Select((pair, index) => Row(index + 1, $"{pair.theme} en {pair.place}", Why(pair.theme, pair.place, index)))];

    public static string Row(int number, string title, string problem, string province = "Chiriquí", string email = "", string consent = "sí") => string.Create(
        CultureInfo.InvariantCulture, $"{number};\"{title}\";\"{problem}\";;{province};Persona {number};{email};6123-{number:D4};Ciudadanía;no;{consent}");

    public static string File(params IEnumerable<string> rows) => $"{Header}\r\n{string.Join("\r\n", rows)}\r\n";

    private static string Why(string theme, string place, int index) => (index % 4) switch
    {
        0 => $"Desde hace {index + 2} meses pedimos {theme.ToLowerInvariant()} al representante de {place}; nadie responde.",
        1 => $"En {place} no sabemos a quién preguntar. {theme}: van {index} reclamos y ninguna respuesta por escrito.",
        2 => $"<p>{theme} es lo que más preocupa a las {index + 20} familias de {place}.</p><p>Queremos saber cuánto se gasta &amp; en qué.</p>",
        _ => $"{index} vecinas de {place} firmamos esta hoja por {theme.ToLowerInvariant()}, y pedimos que se publique lo acordado.",
    };
}
