using OpenGov.Functions.Cycles;
using OpenGov.Functions.Imports;
using OpenGov.Functions.Proposals.Similar;

namespace OpenGov.Functions.Proposals.Paper;

/// <summary>The fields of a proposal in a file, and the words by which people write what the service knows by a code.</summary>
public static class PaperColumns
{
    public const string Reference = "reference";
    public const string Title = "title";
    public const string Problem = "problem";
    public const string Proposal = "proposal";
    public const string Institution = "institution";
    public const string Territory = "territory";
    public const string Name = "name";
    public const string Email = "email";
    public const string Phone = "phone";
    public const string Organization = "organization";
    public const string Sector = "sector";
    public const string PublicName = "publicName";
    public const string Consent = "consent";
    public const string Language = "language";
    public const string Channel = "channel";
    public const string Session = "session";

    private const int PhoneLength = 30;
    private const int WordLength = 40;
    private const int LongestKept = 20_000;

    private static readonly string[] Generic = ["provincia de ", "provincia ", "comarca de ", "comarca "];

    private static readonly Dictionary<string, string> Sectors = new()
    {
        ["ciudadania"] = "citizen",
        ["ciudadano"] = "citizen",
        ["ciudadana"] = "citizen",
        ["sociedad civil"] = "civil-society",
        ["ong"] = "civil-society",
        ["academia"] = "academia",
        ["universidad"] = "academia",
        ["sector privado"] = "private",
        ["privado"] = "private",
        ["empresa"] = "private",
        ["sector publico"] = "public",
        ["publico"] = "public",
        ["gobierno"] = "public",
    };

    private static readonly Dictionary<string, string> Languages = new()
    {
        ["espanol"] = Web.Language.Spanish,
        ["castellano"] = Web.Language.Spanish,
        ["spanish"] = Web.Language.Spanish,
        ["ingles"] = Web.Language.English,
        ["english"] = Web.Language.English,
    };

    public static IReadOnlyList<ImportColumn> OfPaper { get; } =
    [
        new(Reference, ColumnKind.Line, WordLength, false, "referencia", "número", "núm", "no", "formulario", "número de formulario", "n.º"),
        new(Title, ColumnKind.Line, ProposalContent.TitleLength, true, "título", "tema", "temática", "temática que propone", "temática propuesta"),
        new(Problem, ColumnKind.Text, ProposalContent.TextLength, true, "problema", "por qué es importante", "importancia", "descripción", "description"),
        new(Proposal, ColumnKind.Text, ProposalContent.TextLength, false, "propuesta", "idea", "idea para un compromiso"),
        new(Institution, ColumnKind.Line, ProposalContent.LineLength, false, "institución"),
        new(Territory, ColumnKind.Line, WordLength, false, "territorio", "provincia", "comarca", "provincia o comarca"),
        new(Name, ColumnKind.Line, ProposalContent.LineLength, false, "nombre", "author.name", "nombre y apellido", "proponente"),
        new(Email, ColumnKind.Mailbox, ImportLimits.MailboxLength, false, "correo", "author.email", "correo electrónico", "e-mail"),
        new(Phone, ColumnKind.Line, PhoneLength, false, "teléfono", "author.phone", "celular", "tel"),
        new(Organization, ColumnKind.Line, ProposalContent.LineLength, false, "organización", "author.organization"),
        new(Sector, ColumnKind.Line, WordLength, false, "author.sector"),
        new(PublicName, ColumnKind.Flag, 1, false, "publicar nombre", "nombre público", "author.publicName"),
        new(Consent, ColumnKind.Flag, 1, false, "consentimiento", "firmado", "firma", "acepta"),
        new(Language, ColumnKind.Line, WordLength, false, "idioma"),
    ];

    /// <summary>A file for the API may name the session of each row; without one a row is no paper form.</summary>
    public static IReadOnlyList<ImportColumn> OfImport { get; } =
    [
        .. OfPaper,
        new(Channel, ColumnKind.Line, WordLength, false, "medio", "canal"),
        new(Session, ColumnKind.Line, WordLength, false, "sesión"),
    ];

    /// <summary>A value as it is kept: HTML as text, and the code of what was written in words.</summary>
    public static string Normal(string column, string value, Cycle cycle)
    {
        // Far over every limit, and as much as a row can hold: it stays wrong, and what is cut was no field.
        var text = HtmlText.ToPlain(value.Length <= LongestKept ? value : value[..LongestKept]);
        return column switch
        {
            Problem or Proposal => text,
            Territory => CodeOfTerritory(WordsOfText.Fold(text), cycle) ?? text,
            Sector => Sectors.GetValueOrDefault(WordsOfText.Fold(text), text),
            Language => Languages.GetValueOrDefault(WordsOfText.Fold(text), text),
            // A title from HTML is one line.
            _ => ReferenceEquals(text, value) ? text : text.Replace('\n', ' '),
        };
    }

    private static string? CodeOfTerritory(string folded, Cycle cycle) => folded is "todo el pais" or "nacional" ? ""
        : cycle.Territories.FirstOrDefault(territory => WordsOfText.Fold(territory.Code) == folded || Bare(WordsOfText.Fold(territory.Name)) == Bare(folded))?.Code;

    private static string Bare(string folded) =>
        Generic.FirstOrDefault(prefix => folded.StartsWith(prefix, StringComparison.Ordinal)) is { } prefix
            ? folded[prefix.Length..] : folded;
}
