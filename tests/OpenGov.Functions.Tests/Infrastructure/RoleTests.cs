using System.Text.RegularExpressions;

namespace OpenGov.Functions.Infrastructure;

public sealed partial class RoleTests
{
    /// <summary>By the identifiers that Azure documents.</summary>
    private static readonly Dictionary<string, string> Names = new()
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fe88"] = "Storage Queue Data Contributor",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor",
        ["4633458b-17de-408a-b874-0445c86b69e6"] = "Key Vault Secrets User",
        ["b86a8fe4-44ce-4948-aee5-eccb2c155cd7"] = "Key Vault Secrets Officer",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
        ["acdd72a7-3385-48ef-bd42-f606fba81ae7"] = "Reader",
        ["de139f84-1756-47ae-9be6-808fbbe84772"] = "Website Contributor",
    };

    [Fact]
    public async Task Each_has_the_roles_that_it_needs_and_no_other() => Assert.Equal(
    [
        "app: Key Vault Secrets User on Microsoft.KeyVault/vaults",
        "app: Monitoring Metrics Publisher on Microsoft.Insights/components",
        "app: Storage Blob Data Owner on Microsoft.Storage/storageAccounts",
        "app: Storage Queue Data Contributor on Microsoft.Storage/storageAccounts",
        "app: Storage Table Data Contributor on Microsoft.Storage/storageAccounts",
        "deployerPrincipalId: Key Vault Secrets Officer on Microsoft.KeyVault/vaults",
        "principalId: Reader on Microsoft.Web/serverfarms",
        "principalId: Storage Blob Data Contributor on Microsoft.Storage/storageAccounts/blobServices/containers",
        "principalId: Website Contributor on Microsoft.Web/sites",
    ], (await Compiled.OfAsync("production")).Of("Microsoft.Authorization/roleAssignments").Select(Describe).Order(StringComparer.Ordinal));

    private static string Describe(Declared assignment)
    {
        var principal = assignment.Properties["principalId"]!.GetValue<string>();
        var who = principal.Contains("userAssignedIdentities", StringComparison.Ordinal) ? "app" : Quoted().Match(principal).Groups[1].Value;
        var role = Role().Match(assignment.Properties["roleDefinitionId"]!.GetValue<string>()).Groups[1].Value;
        var scope = Quoted().Match(assignment.Resource["scope"]!.GetValue<string>()).Groups[1].Value;
        return $"{who}: {Names[assignment.Template["variables"]!["roles"]![role]!.GetValue<string>()]} on {scope}";
    }

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"variables\('roles'\)\.(\w+)\)")]
    private static partial Regex Role();
}
