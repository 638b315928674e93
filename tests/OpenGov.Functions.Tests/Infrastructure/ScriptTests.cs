using OpenGov.Functions.Architecture;

namespace OpenGov.Functions.Infrastructure;

/// <summary>The scripts of infra, with a stand-in for Azure's program that notes what it was asked and keeps secrets as files.</summary>
public sealed class ScriptTests : IDisposable
{
    private const string StandIn = """
        #!/usr/bin/env bash
        echo "$*" >>"$AZ/asked"
        arguments=" $* "
        name() { sed -E "s/.* --$1 ([^ ]+).*/\1/" <<<"$arguments"; }
        case "$1 $2 $3" in
          "functionapp deployment source") [[ $(cat "$(sed -E "s/.* --src ([^ ]+).*/\1/" <<<"$arguments")") != endless ]] || exec sleep 60 ;;
          "keyvault secret list") cd "$AZ/secrets" && ls ;;
          "keyvault secret show") cat "$AZ/secrets/$(name name)" && echo ;;
          "keyvault secret set") cp "$(name file)" "$AZ/secrets/$(name name)" ;;
          "storage blob upload") cp "$(name file)" "$AZ/blobs/$(name name | tr / _)" ;;
          "storage blob download") cp "$AZ/blobs/$(name name)" "$(name file)" ;;
        esac
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("az").FullName;

    public ScriptTests()
    {
        Directory.CreateDirectory(Path.Combine(folder, "secrets"));
        Directory.CreateDirectory(Path.Combine(folder, "blobs"));
        var program = Path.Combine(folder, "az");
        File.WriteAllText(program, StandIn);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public static TheoryData<string> Scripts => [.. Directory.EnumerateFiles(Bicep.Folder, "*.sh").Select(file => Path.GetFileName(file)!)];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task A_script_can_be_read_and_stops_at_the_first_fault(string script)
    {
        var run = await Run.OfAsync(Bicep.Folder, "bash", ["-n", script]);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Contains("\nset -euo pipefail\n", await File.ReadAllTextAsync(Path.Combine(Bicep.Folder, script)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_secrets_are_made_once_and_shown_nowhere()
    {
        var first = await SecretsAsync("SG.one");
        var key = Secret("Signing--Keys");
        var fingerprints = Secret("Signing--FingerprintKey");
        var second = await SecretsAsync("SG.two");

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.All([key, fingerprints], made => Assert.Equal(32, Convert.FromBase64String(made).Length));
        Assert.Equal((key, fingerprints, "SG.one"), (Secret("Signing--Keys"), Secret("Signing--FingerprintKey"), Secret("SendGrid--ApiKey")));
        Assert.NotEqual(key, fingerprints);
        Assert.All([first.Output, first.Errors, second.Output, second.Errors, Asked], said =>
        {
            Assert.DoesNotContain(key, said, StringComparison.Ordinal);
            Assert.DoesNotContain(fingerprints, said, StringComparison.Ordinal);
            Assert.DoesNotContain("SG.", said, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Without_a_SendGrid_key_the_deployer_is_told_what_to_do()
    {
        var run = await SecretsAsync("");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("set SENDGRID_API_KEY", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_signing_key_stands_before_the_one_that_it_follows()
    {
        await SecretsAsync("SG.one");
        var (old, fingerprints) = (Secret("Signing--Keys"), Secret("Signing--FingerprintKey"));
        await SecretsAsync("", "rotate");
        var once = Secret("Signing--Keys").Split(';');
        await SecretsAsync("", "rotate");
        var twice = Secret("Signing--Keys").Split(';');

        Assert.Equal([once[0], old], once);
        Assert.Equal([twice[0], once[0]], twice);
        Assert.Equal(3, new[] { old, once[0], twice[0] }.Distinct().Count());
        Assert.Equal(fingerprints, Secret("Signing--FingerprintKey"));
    }

    [Fact]
    public async Task Where_one_key_did_both_its_fingerprints_stay_as_they_were()
    {
        await SecretsAsync("SG.one");
        await SecretsAsync("", "rotate");
        File.Delete(Path.Combine(folder, "secrets", "Signing--FingerprintKey"));
        await SecretsAsync("");

        Assert.Equal(Secret("Signing--Keys").Split(';')[0], Secret("Signing--FingerprintKey"));
    }

    [Fact]
    public async Task A_package_that_does_not_serve_gives_way_to_the_last_that_did()
    {
        File.WriteAllText(Path.Combine(folder, "blobs", "last-good.zip"), "good");
        File.WriteAllText(Path.Combine(folder, "bad.zip"), "bad");
        var run = await RunAsync("release.sh", [Path.Combine(folder, "bad.zip"), "abc"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(2, Asked.Split("config-zip").Length - 1);
        Assert.Equal("good", File.ReadAllText(Path.Combine(folder, "blobs", "last-good.zip")));
        Assert.False(File.Exists(Path.Combine(folder, "blobs", "by-commit_abc.zip")));
    }

    [Fact]
    public async Task A_package_whose_host_never_starts_gives_way_too()
    {
        File.WriteAllText(Path.Combine(folder, "blobs", "last-good.zip"), "good");
        File.WriteAllText(Path.Combine(folder, "bad.zip"), "endless");
        var run = await RunAsync("release.sh", [Path.Combine(folder, "bad.zip"), "abc"], ("PUBLISH_SECONDS", "1"));

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(2, Asked.Split("config-zip").Length - 1);
    }

    private string Asked => File.ReadAllText(Path.Combine(folder, "asked"));

    private string Secret(string name) => File.ReadAllText(Path.Combine(folder, "secrets", name));

    private Task<Run> SecretsAsync(string sendGridKey, params string[] arguments) => RunAsync("secrets.sh", arguments, ("SENDGRID_API_KEY", sendGridKey));

    private Task<Run> RunAsync(string script, string[] arguments, params (string Name, string Value)[] more)
    {
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = $"{folder}:{Environment.GetEnvironmentVariable("PATH")}",
            ["AZ"] = folder,
            ["AZURE_KEY_VAULT"] = "vault",
            ["AZURE_RESOURCE_GROUP"] = "group",
            ["AZURE_FUNCTION_APP"] = "app",
            ["AZURE_STORAGE_ACCOUNT"] = "account",
            ["SITE_URL"] = "http://127.0.0.1:9",
            ["SMOKE_SECONDS"] = "0",
        };
        foreach (var (name, value) in more)
        {
            environment[name] = value;
        }
        return Run.OfAsync(Checkout.Root, "bash", [Path.Combine(Bicep.Folder, script), .. arguments], environment);
    }
}

/// <summary>What the workflow asks of a deployment, asked of the service on this machine.</summary>
public sealed class SmokeTests(TestService service) : IClassFixture<TestService>
{
    [Fact]
    public async Task A_service_that_serves_passes()
    {
        var run = await Run.OfAsync(Bicep.Folder, "bash", ["smoke.sh", service.Http.BaseAddress!.ToString()]);

        Assert.True(run is { ExitCode: 0, Errors: "" }, run.Errors);
        Assert.Contains("The site is as it must be", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_of_another_commit_does_not()
    {
        var run = await Run.OfAsync(Bicep.Folder, "bash", ["smoke.sh", service.Http.BaseAddress!.ToString(), "0123456789"], new Dictionary<string, string> { ["SMOKE_SECONDS"] = "0" });

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("of commit 0123456789", run.Errors, StringComparison.Ordinal);
    }
}
