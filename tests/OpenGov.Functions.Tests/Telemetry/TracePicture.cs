using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Architecture;

namespace OpenGov.Functions.Telemetry;

/// <summary>Draws a trace as its steps follow each other; what started each is told by its colour and its function.</summary>
internal sealed partial class TracePicture(IReadOnlyList<Activity> trace, Recorder recorder)
{
    private const int Width = 1040;
    private const int Bars = 500;
    private const int Margin = 110;
    private const int Row = 30;
    private const int Head = 84;

    private static readonly Dictionary<string, string> TriggerOf = typeof(Service).Assembly.GetTypes().SelectMany(type => type.GetMethods())
        .Where(method => method.IsDefined(typeof(FunctionAttribute)))
        .ToDictionary(method => method.GetCustomAttribute<FunctionAttribute>()!.Name, Trigger);

    private static readonly Dictionary<string, string> Colours = new() { ["HTTP"] = "#1d70b8", ["queue"] = "#00703c", ["timer"] = "#b45309" };

    public static string File { get; } = Path.Combine(Checkout.Root, "infra", "trace.svg");

    public IEnumerable<string> Triggers => trace.Select(activity => TriggerOf[FunctionOf(activity)]).Distinct();

    /// <summary>Each kind of step once, whatever the times and repetitions of a run.</summary>
    public IEnumerable<string> Steps => trace.Select(Describe).Distinct().Order(StringComparer.Ordinal);

    public static IEnumerable<string> StepsIn(string picture) => Step().Matches(picture).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).Distinct().Order(StringComparer.Ordinal);

    public string Draw()
    {
        var (begin, length) = (trace[0].StartTimeUtc, trace.Max(activity => activity.StartTimeUtc + activity.Duration) - trace[0].StartTimeUtc);
        string At(TimeSpan time) => Number(Bars + (Width - Bars - Margin) * (time / length));
        var rows = trace.Select((activity, index) =>
        {
            var (y, started) = (Head + Row * index, activity.StartTimeUtc - begin);
            var width = Math.Max(3, (Width - Bars - Margin) * (activity.Duration / length));
            return $"""
                <g><title>{WebUtility.HtmlEncode(Describe(activity))}</title>
                <text x="{20 + 18 * Depth(activity)}" y="{y + 16}">{WebUtility.HtmlEncode(Name(activity))}</text><text x="290" y="{y + 16}" class="quiet">{FunctionOf(activity)}</text>
                <rect x="{At(started)}" y="{y + 4}" width="{Number(width)}" height="16" rx="2" fill="{Colours[TriggerOf[FunctionOf(activity)]]}"/><text x="{Number(Bars + (Width - Bars - Margin) * (started / length) + width + 6)}" y="{y + 16}" class="quiet">{Milliseconds(started)}</text></g>
                """;
        });
        var legend = Colours.Select((colour, index) =>
            $"""<rect x="{Bars + 110 * index}" y="44" width="14" height="14" rx="2" fill="{colour.Value}"/><text x="{Bars + 20 + 110 * index}" y="56">{colour.Key}</text>""");
        return string.Join("\n",
        [
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Head + Row * trace.Count + 16}" font-family="system-ui, sans-serif" font-size="14" role="img" aria-label="Trace of one proposal from the form to its delivered receipt">""",
            "<style>text{fill:#0b0c0c}.quiet{fill:#505a5f;font-size:12px}.title{font-size:18px;font-weight:600}</style>",
            $"""<rect width="{Width}" height="{Head + Row * trace.Count + 16}" fill="#fff"/>""",
            $"""<text x="20" y="28" class="title">One proposal, from the form to its delivered receipt ({Milliseconds(length)})</text>""",
            """<text x="20" y="56" class="quiet">Step</text><text x="290" y="56" class="quiet">Function</text>""",
            .. legend, .. rows, "</svg>", "",
        ]).ReplaceLineEndings("\n");
    }

    private static string Name(Activity activity) =>
        activity.GetTagItem("mail.answer") is string answer ? $"{activity.DisplayName}: {answer.ToLowerInvariant()}" : activity.DisplayName;

    private string Describe(Activity activity) => $"{Name(activity)} ({TriggerOf[FunctionOf(activity)]}, {FunctionOf(activity)}) after {ParentOf(activity)?.DisplayName ?? "the browser"}";

    private int Depth(Activity activity) => ParentOf(activity) is { } parent ? 1 + Depth(parent) : 0;

    private Activity? ParentOf(Activity activity) => trace.FirstOrDefault(other => other.SpanId == activity.ParentSpanId);

    /// <summary>The run in which a step was taken: the one that it is linked to, else that of the step before.</summary>
    private string FunctionOf(Activity? activity)
    {
        for (; activity is not null; activity = activity.Links.Select(link => recorder.Find(link.Context.SpanId)).FirstOrDefault(linked => linked is not null) ?? ParentOf(activity))
        {
            if (activity.GetTagItem("faas.name") is string function)
            {
                return function;
            }
        }
        throw new InvalidOperationException("A step was taken in no function's run.");
    }

    private static string Trigger(MethodInfo function)
    {
        var triggers = function.GetParameters().SelectMany(parameter => parameter.GetCustomAttributes()).ToList();
        return triggers.Exists(trigger => trigger is HttpTriggerAttribute) ? "HTTP" : triggers.Exists(trigger => trigger is QueueTriggerAttribute) ? "queue" : "timer";
    }

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Milliseconds(TimeSpan time) => $"{time.TotalMilliseconds.ToString("N0", CultureInfo.InvariantCulture)} ms";

    [GeneratedRegex("<title>([^<]+)</title>")]
    private static partial Regex Step();
}
