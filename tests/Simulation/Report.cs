using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using OpenGov.Simulation.Activities;

namespace OpenGov.Simulation;

/// <summary>What happened, for a terminal and as a page.</summary>
public sealed class Report(int seed)
{
    private static readonly CultureInfo Spanish = CultureInfo.GetCultureInfo("es-PA");
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly List<(IActivity Activity, Outcome Outcome, DateTimeOffset At, TimeSpan Took)> played = [];
    private readonly List<string> violations = [];
    private TimeSpan before;

    public IReadOnlyList<string> Rows => [.. played.Select(row => $"{row.Activity.Number,3}  {row.Activity.Title,-34} {row.At:yyyy-MM-dd}  {row.Took.TotalSeconds,5:0.0} s  {row.Outcome.What}  {row.Outcome.Evidence}")];

    public IReadOnlyList<string> Violations => violations;

    public string Checked { get; private set; } = "nothing";

    public bool IsWhole => played.Select(row => row.Activity.Number).Distinct().Count(number => number <= Programme.Count) == Programme.Count && violations.Count == 0;

    public string Summary =>
        $"{played.Select(row => row.Activity.Number).Distinct().Count(number => number <= Programme.Count)} of {Programme.Count} activities, {violations.Count} violations";

    public void Played(IActivity activity, Outcome outcome, DateTimeOffset at)
    {
        played.Add((activity, outcome, at, watch.Elapsed - before));
        before = watch.Elapsed;
    }

    /// <param name="looked">How much was looked at.</param>
    public void Check(IEnumerable<string> found, string looked = "nothing")
    {
        violations.AddRange(found);
        Checked = looked;
    }

    /// <returns>The file.</returns>
    public string Write(string file, string address)
    {
        var html = new StringBuilder($$"""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{Summary}}</title>
            <style>body{font:1rem/1.5 system-ui;margin:2rem auto;max-width:70rem;padding:0 1rem}table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #bbb;padding:.4rem;text-align:left;vertical-align:top}td:first-child{text-align:right}.bad{color:#a00}</style>
            </head><body><h1>{{Summary}}</h1><p>Looked at {{Safe(Checked)}}. Seed {{seed}}, {{watch.Elapsed.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)}} s. Addresses are those of the site at {{address}}, which ended with the play.</p>
            <table><thead><tr><th scope="col">N.º</th><th scope="col">Activity</th><th scope="col">Ended</th><th scope="col">What happened</th><th scope="col">Evidence</th></tr></thead><tbody>
            """);
        foreach (var (activity, outcome, at, _) in played)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{(activity.Number > Programme.Count ? "–" : activity.Number)}</td><td>{Safe(activity.Title)}</td><td>{at.ToString("d 'de' MMMM 'de' yyyy", Spanish)}</td><td>{Safe(outcome.What)}</td><td>{Safe(outcome.Evidence)}</td></tr>\n");
        }
        html.Append("</tbody></table><h2>Violations</h2>").Append(violations.Count == 0 ? "<p>None.</p>" : "<ul class=\"bad\">");
        violations.ForEach(violation => html.Append(CultureInfo.InvariantCulture, $"<li>{Safe(violation)}</li>"));
        html.Append(violations.Count == 0 ? "" : "</ul>").Append("</body></html>\n");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        File.WriteAllText(file, html.ToString());
        return Path.GetFullPath(file);
    }

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}
