using System.Globalization;

namespace OpenGov.Simulation;

/// <summary>How an office treats what it is asked.</summary>
public enum Temper
{
    Prompt,
    Corrects,
    Refuses,
    SaysNotOurs,
    SignsPaper,
    Delegates,
    ComesLate,
    StaysSilent,
}

public sealed record Office(string Code, string Name, string Title, string Holder, Temper Temper)
{
    public string Mailbox => $"despacho@{Domain}";

    public string Domain => $"{Code.ToLowerInvariant()}.example.org";
}

public sealed record ForumMember(string Code, string Name, string Organization, bool IsOfGovernment)
{
    public string Mailbox => $"{Code.ToLowerInvariant()}@foro.example.org";
}

/// <summary>Who takes part, and how: the same seed is the same cast.</summary>
public sealed class Cast
{
    private static readonly string[] Given = ["Ana", "Luis", "Elena", "Jorge", "Rosa", "Iván", "Delia", "Tomás", "Aida", "Raúl", "Marta", "Simón", "Nidia", "Óscar", "Yara", "Abdiel", "Querube", "Edwin", "Lourdes", "Irving"];
    private static readonly string[] Family = ["Ríos", "Paz", "Mora", "Chanis", "Batista", "Santos", "Quirós", "Guerra", "Lasso", "Ávila", "Morán", "Cedeño", "Pinto", "Vega", "Sáenz", "Ortega", "Bernal", "Núñez"];

    private static readonly (string Code, string Name, string Title)[] Known =
    [
        ("MEF", "Ministerio de Economía y Finanzas", "Ministro/a"), ("MEDUCA", "Ministerio de Educación", "Ministro/a"), ("MINSA", "Ministerio de Salud", "Ministro/a"),
        ("MOP", "Ministerio de Obras Públicas", "Ministro/a"), ("MIDES", "Ministerio de Desarrollo Social", "Ministro/a"), ("AIG", "Autoridad para la Innovación Gubernamental", "Administrador/a General"),
        ("IDAAN", "Instituto de Acueductos y Alcantarillados", "Director/a Ejecutivo/a"), ("CGR", "Contraloría General", "Contralor/a General"), ("DGCP", "Dirección de Contrataciones Públicas", "Director/a General"),
        ("ATTT", "Autoridad del Tránsito", "Director/a General"), ("AN", "Asamblea Nacional", "Presidente/a"), ("OJ", "Órgano Judicial", "Presidente/a"),
    ];

    private static readonly Temper[] Tempers =
    [
        Temper.Prompt, Temper.Prompt, Temper.Prompt, Temper.Prompt, Temper.Corrects, Temper.Refuses, Temper.Refuses, Temper.SaysNotOurs, Temper.SignsPaper, Temper.Delegates, Temper.ComesLate, Temper.StaysSilent,
    ];

    private readonly Random random;

    public Cast(int seed)
    {
        random = new Random(seed);
        var tempers = Tempers.ToArray();
        random.Shuffle(tempers);
        Offices = [.. Known.Zip(tempers, (office, temper) => new Office(office.Code, office.Name, office.Title, Name(), temper))];
        Members = [.. Enumerable.Range(1, 7).Select(number => new ForumMember($"M-{number:00}", Name(), number <= 3 ? $"Institución pública {number}" : $"Organización social {number}", number <= 3))];
    }

    public IReadOnlyList<Office> Offices { get; }

    public IReadOnlyList<ForumMember> Members { get; }

    public Office OfficeOf(string code) => Offices.Single(office => office.Code == code);

    public Office Silent => Offices.Single(office => office.Temper == Temper.StaysSilent);

    public string Name() => $"{Pick(Given)} {Pick(Family)}";

    public T Pick<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];

    /// <summary>As many different ones.</summary>
    public IReadOnlyList<T> Pick<T>(IEnumerable<T> of, int count)
    {
        var all = of.ToArray();
        random.Shuffle(all);
        return [.. all.Take(count)];
    }

    public bool Happens(int percent) => random.Next(100) < percent;

    public int Number(int from, int to) => random.Next(from, to + 1);

    /// <summary>An address for a person of that name, with the offices of that domain.</summary>
    public static string MailboxOf(string name, string domain) =>
        $"{string.Concat(name.Normalize(System.Text.NormalizationForm.FormD).Where(sign => CharUnicodeInfo.GetUnicodeCategory(sign) != UnicodeCategory.NonSpacingMark)).Replace(' ', '.').ToLowerInvariant()}@{domain}";
}
