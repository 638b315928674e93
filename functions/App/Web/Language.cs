using System.Globalization;

namespace OpenGov.Functions.Web;

/// <summary>The languages of pages and e-mails; Spanish is the one to fall back on.</summary>
public static class Language
{
    public const string Spanish = "es";
    public const string English = "en";
    public const string Cookie = "lang";

    public static IReadOnlyList<string> All { get; } = [Spanish, English];

    public static string Current => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == English ? English : Spanish;

    public static string Known(string? language) => language == English ? English : Spanish;

    /// <summary>From here on, texts of this flow are in <paramref name="language"/>.</summary>
    public static void Use(string language) =>
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language == English ? "en-US" : "es-PA");

    /// <summary>?lang=, else what was chosen before, else what the browser prefers. The console is in Spanish alone.</summary>
    public static string Of(HttpRequest request)
    {
        if (request.Path.StartsWithSegments("/staff") || request.Path.StartsWithSegments("/api/staff"))
        {
            return Spanish;
        }
        var asked = request.Query["lang"].ToString();
        if (All.Contains(asked))
        {
            return asked;
        }
        if (request.Cookies[Cookie] is { } chosen && All.Contains(chosen))
        {
            return chosen;
        }
        var preferred = request.Headers.AcceptLanguage.ToString().Split(',', ';')[0].Trim();
        return preferred.StartsWith(English, StringComparison.OrdinalIgnoreCase) ? English : Spanish;
    }
}
