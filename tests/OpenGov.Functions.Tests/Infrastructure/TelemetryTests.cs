using System.Text.RegularExpressions;
using OpenGov.Functions.Architecture;
using OpenGov.Functions.Telemetry;

namespace OpenGov.Functions.Infrastructure;

public sealed partial class TelemetryTests
{
    private static readonly string Dashboard = File.ReadAllText(Path.Combine(Bicep.Folder, "dashboard.json"));

    [Fact]
    public async Task Each_cause_of_trouble_has_its_alert_by_mail()
    {
        var alerts = await AlertsAsync();

        Assert.Equal(["nota-bounced", "notices-late", "oldest-pending-effect", "poison-messages", "server-errors", "timer-silent"], alerts.Keys.Order(StringComparer.Ordinal));
        var rule = Assert.Single((await Compiled.OfAsync("production")).Of("Microsoft.Insights/scheduledQueryRules"));
        Assert.Contains("actionGroups", rule.Properties["actions"]!.ToJsonString(), StringComparison.Ordinal);
        var group = Assert.Single((await Compiled.OfAsync("production")).Of("Microsoft.Insights/actionGroups"));
        Assert.Equal("[parameters('email')]", Assert.Single(group.Properties["emailReceivers"]!.AsArray())!["emailAddress"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_runbook_says_of_each_alert_what_to_do()
    {
        var sections = Section().Matches(await File.ReadAllTextAsync(Path.Combine(Bicep.Folder, "RUNBOOK.md"))).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

        Assert.All((await AlertsAsync()).Keys, alert =>
            Assert.All(["**Means**", "**Look**", "**Do**", "**Over**"], part => Assert.Contains(part, sections[alert], StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Alerts_and_dashboard_read_what_the_app_measures()
    {
        var alerts = string.Concat((await AlertsAsync()).Values);

        Assert.Empty(Metric().Matches(alerts + Dashboard).Select(match => match.Value).Except(Measures.Names.All));
        Assert.Equal(Measures.Names.All.Order(StringComparer.Ordinal), Metric().Matches(Dashboard).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nothing_but_the_logs_of_functions_and_of_the_vault_is_kept_so_no_query_with_a_token_is() => Assert.Equal(
        ["Microsoft.KeyVault/vaults: AuditEvent", "Microsoft.Web/sites: AllMetrics, FunctionAppLogs"],
        (await Compiled.OfAsync("production")).Of("Microsoft.Insights/diagnosticSettings").Select(setting =>
            $"{ResourceType().Match(setting.Resource["scope"]!.GetValue<string>()).Groups[1].Value}: " + string.Join(", ", Categories(setting))).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("AppRequests", "Url", "Name", "OperationName", "Properties")]
    [InlineData("AppDependencies", "Data", "Name", "Target", "OperationName", "Properties")]
    [InlineData("AppTraces", "Message", "OperationName", "Properties")]
    [InlineData("AppExceptions", "OuterMessage", "InnermostMessage", "Details", "OperationName", "Properties")]
    public async Task What_follows_a_question_mark_is_cut_before_it_is_stored(string table, params string[] columns)
    {
        var compiled = await Compiled.OfAsync("production");
        var rule = Assert.Single(compiled.Of("Microsoft.Insights/dataCollectionRules"));
        var query = Compiled.Objects(rule.Template, "transformations").Single(flow => flow["table"]!.GetValue<string>() == table)["query"]!.GetValue<string>();

        Assert.Equal("WorkspaceTransforms", rule.Resource["kind"]!.GetValue<string>());
        Assert.All(columns, column => Assert.Matches($@"\b{column} = (tostring\(split\({column}, '\?'\)\[0\]\)|iif\()", query));
        Assert.Contains(compiled.Of("Microsoft.OperationalInsights/workspaces"), workspace => workspace.Module == "redacted");
        Assert.Contains("defaultDataCollectionRuleResourceId", compiled.Template.ToJsonString(), StringComparison.Ordinal);
    }

    /// <summary>Of all there is, these alone may stand in a transformation; another operator or function makes the deployment fail.</summary>
    [Fact]
    public void Transformations_use_what_transformations_may() => Assert.All(
        Directory.EnumerateFiles(Path.Combine(Bicep.Folder, "queries"), "redact-*.kql"),
        file => Assert.Empty(Call().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value).Except(["tostring", "split", "iif", "strcat", "parse_json"])));

    [Fact]
    public async Task Somebody_is_told_when_the_month_costs_too_much()
    {
        var budget = Assert.Single((await Compiled.OfAsync("production")).Of("Microsoft.Consumption/budgets"));
        Assert.All(budget.Properties["notifications"]!.AsObject(), notification => Assert.Equal("[parameters('email')]", notification.Value!["contactEmails"]![0]!.GetValue<string>()));
    }

    private static async Task<Dictionary<string, string>> AlertsAsync()
    {
        var rule = Assert.Single((await Compiled.OfAsync("production")).Of("Microsoft.Insights/scheduledQueryRules"));
        return Compiled.Objects(rule.Template, "alerts").ToDictionary(alert => alert["name"]!.GetValue<string>(), alert => alert["query"]!.GetValue<string>());
    }

    private static IEnumerable<string> Categories(Declared setting) => new[] { "logs", "metrics" }
        .SelectMany(kind => setting.Properties[kind]?.AsArray().Select(entry => entry!["category"]!.GetValue<string>()) ?? []).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"opengov\.[a-z.]+")]
    private static partial Regex Metric();

    [GeneratedRegex(@"^### ([a-z-]+)\n(.*?)(?=^##|\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex(@"'([^']+)'")]
    private static partial Regex ResourceType();

    [GeneratedRegex(@"(\w+)\(")]
    private static partial Regex Call();
}
