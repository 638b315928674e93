using Microsoft.Azure.Functions.Worker.Builder;
using OpenGov.LocalHost.Clock;
using OpenGov.LocalHost.Emulator;
using OpenGov.LocalHost.Settings;

namespace OpenGov.LocalHost;

public sealed class OptionsTests
{
    private static readonly TimeZoneInfo Panama = TimeZoneInfo.FindSystemTimeZoneById("America/Panama");

    [Theory]
    [InlineData("--colour", "--colour is not known")]
    [InlineData("--port", "--port needs a value")]
    [InlineData("--port --empty", "--port needs a value")]
    [InlineData("--port 70000", "--port 70000 is no port")]
    [InlineData("--port x", "--port x is no port")]
    [InlineData("--join nowhere", "--join nowhere is no address")]
    [InlineData("--join http://example.org", "is no address of an instance on this machine")]
    [InlineData("--join http://localhost:7071 --storage memory", "leave out --storage")]
    [InlineData("--service --now 2019-02-22", "leave out --storage, --now")]
    public void What_the_command_line_gets_wrong_is_named(string line, string message) =>
        Assert.Contains(message, Assert.Throws<StartException>(() => Options.Read(line.Split(' '))).Message);

    [Theory]
    [InlineData("--now tomorrow", "--now is no time")]
    [InlineData("LocalHost__TimeZone=Mars", "LocalHost__TimeZone is no time zone")]
    [InlineData("LocalHost__StartAt=never", "LocalHost__StartAt is no time")]
    [InlineData("LocalHost__StoragePort=x", "LocalHost__StoragePort is no port")]
    [InlineData("AzureWebJobsStorage=garbage", "AzureWebJobsStorage is not a storage connection string")]
    [InlineData("AzureWebJobsStorage=", "AzureWebJobsStorage is missing")]
    [InlineData("--storage memory AzureWebJobsStorage=AccountName=a;AccountKey=Zm9v", "leave out one of them")]
    public void A_setting_at_fault_is_named(string line, string message) =>
        Assert.Contains(message, Assert.Throws<StartException>(() => FunctionsApplication.CreateBuilder(["--port", "0", .. line.Split(' ')], [], ownsProcess: false)).Message);

    [Fact]
    public void The_command_line_prevails_over_the_environment_and_that_over_the_file()
    {
        Environment.SetEnvironmentVariable("Cycle__File", "environment");
        Environment.SetEnvironmentVariable("Test__Setting", "environment");

        var settings = FunctionsApplication.CreateBuilder(["--port", "0", "Test__Setting=line"], [], ownsProcess: false).Configuration;

        Assert.Equal(("line", "environment", "SG.development"), (settings["Test:Setting"], settings["Cycle:File"], settings["SendGrid:ApiKey"]));
        Assert.Equal(settings["Site:BaseUrl"], settings["SendGrid:Host"]);
    }

    [Fact]
    public void A_service_never_takes_the_keys_of_the_sample()
    {
        Assert.NotEmpty(SettingsFile.Read(Checkout.Find(), service: false));
        Assert.DoesNotContain("SG.development", SettingsFile.Read(Checkout.Find(), service: true).Values);
    }

    [Theory]
    [InlineData("2019-02-22T09:00", "2019-02-22T09:00:00-05:00")]
    [InlineData("2019-02-22", "2019-02-22T00:00:00-05:00")]
    [InlineData("2019-02-22T09:00:00Z", "2019-02-22T04:00:00-05:00")]
    [InlineData("2019-10-01T08:00:00+02:00", "2019-10-01T01:00:00-05:00")]
    public void A_time_without_an_offset_is_the_wall_clocks(string text, string time) =>
        Assert.Equal(time, LocalTime.Write(LocalTime.Parse(text, Panama)!.Value, Panama));

    [Theory]
    [InlineData("npm error code ENOTFOUND\nnpm error network request to https://r failed, reason: no address\nnpm error network\nnpm error A complete log of this run can be found in: x", "npm error network request to https://r failed, reason: no address")]
    [InlineData("npm warn old\nnpm error disk full\n", "npm error disk full")]
    [InlineData("", "npm said nothing")]
    public void Of_what_npm_says_the_reason_is_shown(string output, string shown) =>
        Assert.Equal(shown, AzuriteInstallation.LastError(output));
}
