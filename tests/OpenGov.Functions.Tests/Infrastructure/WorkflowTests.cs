using System.Text.RegularExpressions;
using OpenGov.Functions.Architecture;

namespace OpenGov.Functions.Infrastructure;

public sealed partial class WorkflowTests
{
    private static readonly string Folder = Path.Combine(Checkout.Root, ".github", "workflows");

    private static readonly IReadOnlyList<string> Lines = [.. Directory.EnumerateFiles(Folder, "*.yml").SelectMany(File.ReadLines)];

    /// <summary>A tag can be moved to other code; a commit cannot.</summary>
    [Fact]
    public void Every_action_is_a_commit_and_says_which_version_that_is()
    {
        var actions = Lines.Select(line => Uses().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value).Where(action => !action.StartsWith("./", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(actions);
        Assert.All(actions, action => Assert.Matches(@"^[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", action));
        Assert.Equal(actions.Select(Name).Distinct().Count(), actions.Distinct().Count());
    }

    [Fact]
    public void What_is_delivered_has_passed_the_tests() =>
        Assert.Matches(@"(?s)- run: tests/run\n.*needs: \[test, vulnerable\].*environment: test.*needs: to-test.*environment: production", Read("delivery.yml"));

    [Fact]
    public void A_workflow_may_read_the_code_and_no_more_unless_a_job_says_so() => Assert.All(
        Directory.EnumerateFiles(Folder, "*.yml"),
        file => Assert.Matches(@"(?m)^permissions:\n  contents: read\n\n", File.ReadAllText(file)));

    [Fact]
    public void No_workflow_holds_a_secret() => Assert.All(Lines, line => Assert.DoesNotContain("secrets.", line, StringComparison.Ordinal));

    [Fact]
    public void What_somebody_else_may_write_never_becomes_a_command() =>
        Assert.All(Lines.Where(line => line.Contains("${{", StringComparison.Ordinal)), line => Assert.Matches(@"^\s*(- )?[\w-]+: ", line[..line.IndexOf("${{", StringComparison.Ordinal)]));

    [Fact]
    public void No_command_of_one_line_takes_in_a_value() =>
        Assert.All(Lines.Where(line => line.Contains("run:", StringComparison.Ordinal)), line => Assert.DoesNotContain("${{", line, StringComparison.Ordinal));

    private static string Name(string action) => action[..action.IndexOf('@', StringComparison.Ordinal)];

    private static string Read(string name) => File.ReadAllText(Path.Combine(Folder, name));

    [GeneratedRegex(@"^\s*(?:- )?uses: (.+)$")]
    private static partial Regex Uses();
}
