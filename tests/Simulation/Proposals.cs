using System.Globalization;
using CsvHelper;

namespace OpenGov.Simulation;

/// <summary>What a citizen proposes.</summary>
public sealed record ProposalText(string Title, string Problem);

/// <summary>A matter that people propose, and that the forum may make a theme.</summary>
/// <param name="Word">Found in the proposals about it.</param>
public sealed record Matter(string Name, string Word, string[] Wishes);

public static class Proposals
{
    public static IReadOnlyList<Matter> Matters { get; } =
    [
        new("Datos abiertos", "datos", ["Publicar en datos abiertos", "Datos al día sobre", "Un portal de datos de"]),
        new("Gasto público", "gasto", ["Explicar el gasto en", "Seguir en línea el gasto de", "Presupuesto y gasto sencillos de"]),
        new("Agua y saneamiento", "agua", ["Mostrar la calidad del agua de", "Avisar de los cortes de agua en", "Cuidar el agua de"]),
        new("Salud", "salud", ["Citas de salud sin filas en", "Mostrar las medicinas de los centros de salud de", "Salud para las comunidades de"]),
        new("Educación", "escuela", ["Abrir a las familias cada escuela de", "Mejorar la escuela pública de", "Computadoras en la escuela de"]),
        new("Participación local", "vecinos", ["Escuchar a los vecinos de", "Juntas de vecinos con voz en", "Consultar a los vecinos antes de las obras de"]),
    ];

    // As the form's: who wrote more elsewhere has to shorten it here.
    private const int TitleLength = 120;
    private const int TextLength = 4000;

    private static readonly string[] Places =
    [
        "Bocas del Toro", "Coclé", "Colón", "Chiriquí", "Darién", "Herrera", "Los Santos", "Panamá", "Veraguas", "Panamá Oeste", "la comarca Ngäbe-Buglé", "la comarca Guna Yala", "David", "Penonomé", "Santiago",
        "La Chorrera", "Changuinola", "Arraiján", "San Miguelito", "Aguadulce",
    ];

    private static readonly string[] Subjects = ["los barrios", "los mercados", "las fincas", "los parques", "las islas", "los hospitales", "las carreteras", "las bibliotecas", "los puertos"];

    private static readonly string[] Reasons =
    [
        "Hoy nadie sabe a quién preguntar y las respuestas tardan meses.", "La gente se entera por rumores y toma decisiones a ciegas.", "Se promete cada año y no hay cómo saber qué se cumplió.",
        "Quien vive lejos de la capital tiene que viajar para obtener lo más sencillo.", "Con la información a la vista, la comunidad puede ayudar y vigilar.",
    ];

    /// <summary>As many different ones.</summary>
    public static IReadOnlyList<ProposalText> Generate(Cast cast, int count) => cast.Pick(
        from matter in Matters
        from wish in matter.Wishes
        from subject in Subjects
        from place in Places
        select new ProposalText($"{wish} {subject} de {place}", cast.Pick(Reasons)), count);

    /// <summary>The columns title and description of a CSV file.</summary>
    public static IReadOnlyList<ProposalText> Read(string file, int count)
    {
        using var csv = new CsvReader(new StreamReader(file), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        var read = new List<ProposalText>();
        while (read.Count < count && csv.Read())
        {
            var (title, description) = (csv.GetField("title")!, csv.GetField("description")!);
            read.Add(new ProposalText(Short(title, TitleLength), Short(string.IsNullOrWhiteSpace(description) ? title : description, TextLength)));
        }
        return read;
    }

    private static string Short(string text, int most) => text.Length <= most ? text : text[..most];
}
