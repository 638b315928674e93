using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Infrastructure;

/// <summary>What both environments are made of, read from what the compiler makes of it.</summary>
public sealed partial class TemplateTests
{
    private const string Account = "Microsoft.Storage/storageAccounts";

    [Fact]
    public async Task Storage_takes_no_key_no_plain_connection_and_shows_nothing_to_the_public()
    {
        var account = Assert.Single((await ProductionAsync()).Of(Account)).Properties;

        Assert.Equal("TLS1_2", Text(account, "minimumTlsVersion"));
        Assert.True(Flag(account, "supportsHttpsTrafficOnly"));
        Assert.False(Flag(account, "allowSharedKeyAccess"));
        Assert.False(Flag(account, "allowBlobPublicAccess"));
        Assert.Equal("None", Text(Assert.Single((await ProductionAsync()).Of($"{Account}/blobServices/containers")).Properties, "publicAccess"));
    }

    [Fact]
    public async Task Blobs_keep_their_versions_and_what_is_deleted()
    {
        var blobs = Assert.Single((await ProductionAsync()).Of($"{Account}/blobServices")).Properties;

        Assert.True(Flag(blobs, "isVersioningEnabled"));
        Assert.True(Flag(blobs["deleteRetentionPolicy"]!, "enabled"));
        Assert.True(Flag(blobs["containerDeleteRetentionPolicy"]!, "enabled"));
    }

    [Theory]
    [InlineData("tableServices/tables", "tables")]
    [InlineData("queueServices/queues", "queues")]
    [InlineData("blobServices/containers", "containers")]
    public async Task What_is_declared_is_what_the_app_stores_in(string type, string variable)
    {
        var declared = Assert.Single((await ProductionAsync()).Of($"{Account}/{type}"));

        Assert.Contains($"variables('{variable}')", declared.Resource["copy"]!["count"]!.GetValue<string>(), StringComparison.Ordinal);
        var names = variable switch { "tables" => Tables.All, "queues" => Queues.All, _ => Containers.All };
        Assert.Equal(names.Order(StringComparer.Ordinal), declared.ListOf(variable));
    }

    [Fact]
    public async Task The_app_is_reached_by_TLS_alone_and_published_to_by_identity_alone()
    {
        var compiled = await ProductionAsync();
        var app = Assert.Single(compiled.Of("Microsoft.Web/sites"));

        Assert.True(Flag(app.Properties, "httpsOnly"));
        Assert.Equal("1.2", Text(app.Properties["siteConfig"]!, "minTlsVersion"));
        Assert.Equal("1.2", Text(app.Properties["siteConfig"]!, "scmMinTlsVersion"));
        Assert.Equal("Disabled", Text(app.Properties["siteConfig"]!, "ftpsState"));
        Assert.Null(app.Properties["siteConfig"]!["cors"]);
        Assert.Equal("UserAssigned", Text(app.Resource["identity"]!, "type"));
        Assert.Equal("UserAssignedIdentity", Text(app.Properties["functionAppConfig"]!["deployment"]!["storage"]!["authentication"]!, "type"));
        Assert.Equal("dotnet-isolated 10.0", $"{app.Properties["functionAppConfig"]!["runtime"]!["name"]} {app.Properties["functionAppConfig"]!["runtime"]!["version"]}");
        Assert.Equal([false, false], compiled.Of("Microsoft.Web/sites/basicPublishingCredentialsPolicies").Select(policy => Flag(policy.Properties, "allow")));
        Assert.True(Flag(Assert.Single(compiled.Of("Microsoft.Insights/components")).Properties, "DisableLocalAuth"));
    }

    [Fact]
    public async Task No_key_of_an_account_is_ever_asked_for() =>
        Assert.DoesNotMatch(@"(?i)list(account)?(keys|sas|secrets)|AccountKey=|SharedAccess|InstrumentationKey\b", (await ProductionAsync()).Template.ToJsonString());

    [Fact]
    public async Task Secrets_come_from_the_vault_and_go_nowhere_else()
    {
        var compiled = await ProductionAsync();
        var settings = Assert.Single(compiled.Of("Microsoft.Web/sites/config")).Properties.GetValue<string>();

        Assert.Equal(["SendGrid--ApiKey", "Signing--FingerprintKey", "Signing--Keys"], VaultReference().Matches(settings).Select(match => match.Groups[1].Value));
        Assert.NotNull(Assert.Single(compiled.Of("Microsoft.Web/sites")).Properties["keyVaultReferenceIdentity"]);
        Assert.All(compiled.Templates, template => Assert.DoesNotMatch("(?i)secret|ConnectionString|password|apikey|Signing", (template["outputs"] ?? new JsonObject()).ToJsonString()));
        Assert.DoesNotContain(compiled.Parameters, parameter => parameter.Key.Contains("key", StringComparison.OrdinalIgnoreCase) && parameter.Key != "sendGridWebhookPublicKey");
        var vault = Assert.Single(compiled.Of("Microsoft.KeyVault/vaults")).Properties;
        Assert.All(["enableRbacAuthorization", "enableSoftDelete", "enablePurgeProtection"], name => Assert.True(Flag(vault, name)));
    }

    [Fact]
    public async Task The_app_has_every_setting_that_it_needs_to_start()
    {
        var compiled = await ProductionAsync();
        var app = compiled.Template["resources"]!["app"]!["properties"]!["parameters"]!["settings"]!.ToJsonString();
        var settings = app + Assert.Single(compiled.Of("Microsoft.Web/sites/config")).Properties;

        Assert.All(
            ["AzureWebJobsStorage__accountName", "AzureWebJobsStorage__credential", "AzureWebJobsStorage__clientId", "APPLICATIONINSIGHTS_CONNECTION_STRING", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
             "Signing__Keys", "Signing__FingerprintKey", "SendGrid__ApiKey", "SendGrid__WebhookPublicKey", "Email__From", "Email__ReplyTo", "Site__BaseUrl", "Staff__Addresses", "Cycle__File", "Sample__Skip", "Network__ClientAddressHeader"],
            name => Assert.Contains(name, settings, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_the_environment_that_people_use_is_locked_and_kept_ready()
    {
        var (test, production) = ((await Compiled.OfAsync("test")).Parameters["size"]!["value"]!, (await ProductionAsync()).Parameters["size"]!["value"]!);

        Assert.False(Flag(test, "deleteLock"));
        Assert.Equal(0, test["alwaysReadyHttp"]!.GetValue<int>());
        Assert.True(Flag(production, "deleteLock"));
        Assert.NotEqual(0, production["alwaysReadyHttp"]!.GetValue<int>());
    }

    private static Task<Compiled> ProductionAsync() => Compiled.OfAsync("production");

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static bool Flag(JsonNode node, string name) => node[name]!.GetValue<bool>();

    [GeneratedRegex(@"@Microsoft\.KeyVault\(VaultName=\{0\};SecretName=([\w-]+)\)")]
    private static partial Regex VaultReference();
}
