using System.Text.RegularExpressions;

namespace OpenGov.Functions.Architecture;

/// <summary>What the workflows may run, for how long and with which rights.</summary>
public sealed partial class PipelineTests
{
    private static readonly string Folder = Path.Combine(Checkout.Root, ".github", "workflows");

    public static TheoryData<string> Workflows => [.. Directory.EnumerateFiles(Folder, "*.yml").Select(file => Path.GetFileName(file)!)];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Every_action_is_pinned_by_its_commit_and_names_its_version(string workflow) => Assert.Equal([], Unpinned(Lines(workflow)));

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Every_job_has_its_permissions_and_its_time(string workflow)
    {
        Assert.NotEmpty(Jobs(Lines(workflow)));
        Assert.Equal([], Unbounded(Lines(workflow)));
    }

    [Fact]
    public void What_is_pushed_or_asked_to_be_pulled_runs_all_tests()
    {
        var lines = Lines("build.yml");

        Assert.Contains("  push:", lines);
        Assert.Contains("  pull_request:", lines);
        Assert.Contains(lines, line => TestsRun().IsMatch(line));
    }

    [Theory]
    [InlineData("      - uses: actions/checkout@v7")]
    [InlineData("      - uses: actions/checkout@main # v7.0.1")]
    [InlineData("      - uses: actions/checkout@0123456 # v7.0.1")]
    [InlineData("      - uses: actions/checkout@0123456789abcdef0123456789abcdef01234567")]
    [InlineData("        uses: owner/name/path@0123456789abcdef0123456789abcdef01234567 # the newest")]
    [InlineData("        uses: 'actions/checkout@v7'")]
    [InlineData("      - { uses: actions/checkout@v7 }")]
    [InlineData("        uses: docker://alpine:3")]
    public void An_action_that_is_not_pinned_is_found_out(string line) => Assert.Equal([line], Unpinned([line]));

    [Theory]
    [InlineData("      - uses: actions/checkout@0123456789abcdef0123456789abcdef01234567 # v7.0.1")]
    [InlineData("        uses: owner/name/path@0123456789abcdef0123456789abcdef01234567 # v4")]
    [InlineData("    uses: ./.github/workflows/deploy.yml")]
    [InlineData("      # What it uses: nothing.")]
    public void An_action_that_is_pinned_or_of_this_repository_is_taken(string line) => Assert.Equal([], Unpinned([line]));

    [Theory]
    [InlineData("    timeout-minutes: 5", "lasting: permissions")]
    [InlineData("    permissions: {}", "lasting: timeout-minutes")]
    [InlineData("        timeout-minutes: 5", "lasting: permissions", "lasting: timeout-minutes")]
    [InlineData("    uses: ./.github/workflows/deploy.yml", "lasting: permissions")]
    public void A_job_without_permissions_or_without_time_is_found_out(string line, params string[] faults) =>
        Assert.Equal(faults, Unbounded(["permissions: {}", "jobs:", "  bounded:", "    permissions: {}", "    timeout-minutes: 5", "  lasting: # a job", line]));

    private static string[] Lines(string workflow) => File.ReadAllLines(Path.Combine(Folder, workflow));

    private static IEnumerable<string> Unpinned(IEnumerable<string> lines) =>
        lines.Where(line => Uses().IsMatch(line) && !Pinned().IsMatch(line) && !OfThisRepository().IsMatch(line));

    /// <summary>A job that calls a workflow of this repository has the time of that workflow's jobs.</summary>
    private static IEnumerable<string> Unbounded(IEnumerable<string> lines) =>
        from job in Jobs(lines)
        from missing in new[] { "permissions", "timeout-minutes" }
        where !job.Lines.Any(line => line.StartsWith($"    {missing}:", StringComparison.Ordinal))
            && !(missing == "timeout-minutes" && job.Lines.Any(line => line.StartsWith("    uses: ./", StringComparison.Ordinal)))
        select $"{job.Name}: {missing}";

    private static List<(string Name, List<string> Lines)> Jobs(IEnumerable<string> lines)
    {
        var jobs = new List<(string Name, List<string> Lines)>();
        foreach (var line in lines.SkipWhile(line => line != "jobs:").Skip(1))
        {
            if (Job().Match(line) is { Success: true } job)
            {
                jobs.Add((job.Groups[1].Value, []));
            }
            else if (jobs.Count > 0)
            {
                jobs[^1].Lines.Add(line);
            }
        }
        return jobs;
    }

    [GeneratedRegex(@"^[^#]*\buses:")]
    private static partial Regex Uses();

    [GeneratedRegex(@"^\s*(- )?uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+){0,2}$")]
    private static partial Regex Pinned();

    [GeneratedRegex(@"^\s*(- )?uses: \./\.github/[\w./-]+$")]
    private static partial Regex OfThisRepository();

    [GeneratedRegex(@"^\s*(- )?run: tests/run$")]
    private static partial Regex TestsRun();

    [GeneratedRegex(@"^  ([\w-]+):\s*(#.*)?$")]
    private static partial Regex Job();
}
