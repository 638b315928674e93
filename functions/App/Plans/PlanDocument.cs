using System.Reflection;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Development;
using OpenGov.Functions.Requests.Letters;
using OpenGov.Functions.Web;
using static OpenGov.Functions.Requests.Letters.Word;

namespace OpenGov.Functions.Plans;

/// <summary>A version of the plan as a Word document with headings, which readers and screen readers walk through.</summary>
public static class PlanDocument
{
    public static byte[] Write(PlanText plan, Cycle cycle, IStringLocalizer<PlanTexts> texts, IStringLocalizer<DevelopmentTexts> words)
    {
        using var stream = new MemoryStream();
        using (var word = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            word.PackageProperties.Title = $"{cycle.Name} – {texts["VersionTitle", plan.Version.Number].Value}";
            word.PackageProperties.Language = Language.Current;
            var main = word.AddMainDocumentPart();
            using (var styles = Assembly.GetExecutingAssembly().GetManifestResourceStream("OpenGov.Functions.Requests.Letters.styles.xml")!)
            {
                main.AddNewPart<StyleDefinitionsPart>().FeedData(styles);
            }
            main.AddNewPart<DocumentSettingsPart>().Settings = new Settings(new ThemeFontLanguages { Val = Language.Current == Language.English ? "en-US" : "es-PA" });
            main.Document = new Document(new DocumentFormat.OpenXml.Wordprocessing.Body([.. Front(plan, cycle, texts), .. plan.Commitments.SelectMany(commitment => Of(commitment, texts, words))]));
        }
        return stream.ToArray();
    }

    private static IEnumerable<OpenXmlElement> Front(PlanText plan, Cycle cycle, IStringLocalizer<PlanTexts> texts) =>
    [
        P("Heading1", R(cycle.Name.ToString())),
        P("BodyText", R($"{texts["VersionTitle", plan.Version.Number].Value} · {DateWords.Day(cycle.DateOf(plan.Version.At))}")),
        P("BodyText", R(texts["HashLabel", plan.Version.Hash])),
        .. plan.Version.Introduction.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => P("BodyText", R(line))),
    ];

    private static IEnumerable<OpenXmlElement> Of(PlanCommitment commitment, IStringLocalizer<PlanTexts> texts, IStringLocalizer<DevelopmentTexts> words)
    {
        yield return P("Heading1", R($"{commitment.Number} · {commitment.Title}"));
        foreach (var (label, value) in PlanWords.Facts(commitment, texts))
        {
            yield return P("BodyText", R($"{label}: ", bold: true), R(value));
        }
        yield return P("Heading2", R(texts["What"]));
        yield return P("BodyText", R(commitment.Text));
        foreach (var name in DevelopmentFields.All.Where(name => commitment.Development[name].Length > 0))
        {
            yield return P("Heading2", R(words[$"Field-{name}"]));
            yield return P("BodyText", R(commitment.Development[name]));
        }
        if (commitment.Development.Milestones.Count > 0)
        {
            yield return P("Heading2", R(words["Milestones"]));
            foreach (var (milestone, index) in commitment.Development.Milestones.Select((milestone, index) => (milestone, index)))
            {
                yield return P("BodyText", R($"{index + 1}. {milestone.Text}", bold: true));
                yield return P("BodyText", R($"{words["Deliverable"].Value}: {milestone.Deliverable}. {PlanWords.Period(milestone, words)} {milestone.Office}, {milestone.Institution}"));
            }
        }
    }
}

/// <summary>The plan's parts in words, alike in every form that it takes.</summary>
public static class PlanWords
{
    public static IReadOnlyList<(string Label, string Value)> Facts(PlanCommitment commitment, IStringLocalizer<PlanTexts> texts) =>
    [
        (texts["Theme"], commitment.Theme),
        (texts["LeadInstitution"], commitment.Lead),
        .. commitment.Supporting.Count == 0 ? Array.Empty<(string, string)>() : [(texts["Supporting"].Value, string.Join(", ", commitment.Supporting))],
        .. commitment.ContinuedFrom is { } from ? [(texts["ContinuedFrom"].Value, from)] : Array.Empty<(string, string)>(),
        .. commitment.Development is { Starts: { } starts, Ends: { } ends } ? [(texts["Period"].Value, $"{DateWords.Day(starts)} – {DateWords.Day(ends)}")] : Array.Empty<(string, string)>(),
        .. commitment.Proposals.Count == 0 ? Array.Empty<(string, string)>() : [(texts["Proposals"].Value, string.Join(", ", commitment.Proposals))],
    ];

    public static string Period(Milestone milestone, IStringLocalizer<DevelopmentTexts> words) => milestone.Ends is { } ends
        ? words["Period", milestone.Starts is { } starts ? DateWords.Day(starts) : "…", DateWords.Day(ends)] + "."
        : "";
}
