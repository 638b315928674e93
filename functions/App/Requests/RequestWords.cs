using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;

namespace OpenGov.Functions.Requests;

public static partial class RequestWords
{
    /// <summary>"Ministra Ana Pérez (encargada), Ministerio de Salud": the title alone where the holder is not known.</summary>
    public static string Addressee(OfficialRequest request, IStringLocalizer<RequestTexts> texts)
    {
        var office = request.Office;
        var holder = office.Holder is { } name ? $"{name}, {office.Title}{(office.Acting ? $" ({texts["Acting"]})" : "")}" : office.Title;
        return request.InstitutionName.Length == 0 ? holder : $"{holder}, {request.InstitutionName}";
    }

    /// <summary>"Confirmada por el despacho el…", "Nota firmada recibida el…", with the mark of one that came late.</summary>
    public static string HowRecorded(Confirmation confirmation, IRequestKind kind, Cycle cycle, IStringLocalizer<RequestTexts> texts)
    {
        var how = confirmation.Paper is { } paper
            ? texts["RecordedPaper", DateWords.Day(paper.ReceivedOn)]
            : texts[kind.IsBinding ? "RecordedText" : "RecordedAtOnce", DateWords.Moment(confirmation.At, cycle.Zone)];
        return confirmation.Late ? $"{how} ({texts["LateMark"]})" : how;
    }

    /// <summary>A step of the timeline: what does not bind is answered, and not confirmed.</summary>
    public static string Step(string what, IRequestKind kind, IStringLocalizer<RequestTexts> texts) =>
        !kind.IsBinding && texts[$"Step-{what}-AtOnce"] is { ResourceNotFound: false } atOnce ? atOnce : texts[$"Step-{what}"];

    /// <summary>For a mail with a code: who types a number as a name must not make it pass for the code.</summary>
    public static string WithoutLongNumbers(string text) => LongNumbers().Replace(text, "…");

    [GeneratedRegex(@"\d{5,}")]
    private static partial Regex LongNumbers();
}
