using System.Globalization;
using System.Resources;

namespace OpenGov.Functions.Cycles;

/// <summary>What is wrong at one place of a cycle's file.</summary>
/// <param name="Place">The path of the value: "activities[2].closes"; empty for the file as a whole.</param>
/// <param name="Text">The resource that says it.</param>
/// <param name="Line">From 1 on; 0 where no line is to blame.</param>
public sealed record CycleFault(string Place, string Text, IReadOnlyList<object> Arguments, int Line = 0)
{
    private static readonly ResourceManager Texts = new(typeof(CycleFileTexts));

    public static CycleFault At(string place, string text, params object[] arguments) => new(place, text, arguments);

    /// <summary>"línea 24 (activities[2].closes): cierra antes de abrir".</summary>
    public string In(string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        var said = Say(Text, [.. Arguments]);
        return Line == 0 ? said : Say(Place.Length == 0 ? "AtLine" : "At", Line, said, Place);

        string Say(string name, params object[] values) => string.Format(culture, Texts.GetString(name, culture)!, values);
    }
}

/// <summary>Names the resources of <see cref="CycleFile"/>.</summary>
public sealed class CycleFileTexts;
