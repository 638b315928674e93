using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;

namespace OpenGov.LocalHost;

public sealed class TellTime(TimeProvider clock)
{
    [Function(nameof(TellTime))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "time")] HttpRequest request) => Results.Text($"{clock.GetUtcNow():O}");
}

[Collection("office")]
public sealed class ServiceTests(OfficeStorage office) : IDisposable
{
    private const string EmulatorsKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private const string Site = "Site__BaseUrl=https://example.org";
    private const string Account = "AzureWebJobsStorage=DefaultEndpointsProtocol=https;AccountName=office;AccountKey=Zm9v;EndpointSuffix=core.windows.net";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("localhost-tests");
    private readonly DirectoryInfo notices = Directory.CreateTempSubdirectory("localhost-tests");
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Setting Site__BaseUrl is missing", Account)]
    [InlineData("AzureWebJobsStorage is missing", Site)]
    [InlineData("AzureWebJobsStorage names the emulator's", Site, "AzureWebJobsStorage=UseDevelopmentStorage=true")]
    [InlineData("AzureWebJobsStorage names the emulator's", Site, "AzureWebJobsStorage=AccountName=devstoreaccount1;AccountKey=Zm9v;TableEndpoint=http://10.0.0.7:10002/devstoreaccount1")]
    [InlineData("AzureWebJobsStorage names the emulator's", Site, "AzureWebJobsStorage=AccountName=office;AccountKey=" + EmulatorsKey)]
    [InlineData("Setting Signing__Keys has the value of local.settings.sample.json", Site, Account, "Signing__Keys=b3du;ZGV2ZWxvcG1lbnQtb25seS1rZXktbmV2ZXItaW4tcHJvZHVjdGlvbi0wMDE=")]
    [InlineData("Setting SendGrid__ApiKey has the value of local.settings.sample.json", Site, Account, "SendGrid__ApiKey=SG.development")]
    [InlineData("Setting LocalHost__Listen is no address", Site, Account, "LocalHost__Listen=https://0.0.0.0:8443")]
    [InlineData("Setting LocalHost__Listen is no address", Site, Account, "LocalHost__Listen=0.0.0.0")]
    public void What_a_service_must_not_share_with_development_is_named(string line, params string[] settings) =>
        Assert.Contains(line, Assert.Throws<StartException>(() => FunctionsApplication.CreateBuilder(["--port", "0", "--service", .. settings], [], ownsProcess: false)).Message);

    [Fact]
    public void Development_listens_on_its_own_machine_alone() =>
        Assert.Contains("LocalHost__Listen is for --service", Assert.Throws<StartException>(() => FunctionsApplication.CreateBuilder(["LocalHost__Listen=http://0.0.0.0:0"], [], ownsProcess: false)).Message);

    [Fact]
    public async Task A_service_has_the_systems_clock_and_neither_development_pages_nor_a_sandbox()
    {
        await using var host = await TestHost.StartAsync([typeof(TellTime), typeof(Take)], [.. office.Service, "LocalHost__Listen=http://0.0.0.0:0"]);

        Assert.InRange(DateTimeOffset.Parse(await host.Http.GetStringAsync("/time", cancel), CultureInfo.InvariantCulture), DateTimeOffset.UtcNow.AddSeconds(-10), DateTimeOffset.UtcNow);
        foreach (var path in new[] { "/dev", "/dev/clock", "/dev/join", "/dev/mailbox.json" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await host.Http.GetAsync(path, cancel)).StatusCode);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await host.Http.PostAsync("/v3/mail/send", null, cancel)).StatusCode);
        await host.SendAsync("takes", "in service");
        Assert.Single(await host.Seen.WaitForAsync("take in service", 1));
        // Reached by another of the machine's names, as through a proxy on another machine.
        using var elsewhere = new HttpClient { BaseAddress = new Uri($"http://127.0.0.2:{host.Http.BaseAddress!.Port}") };
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.GetAsync("/time", cancel)).StatusCode);
    }

    [Fact]
    public async Task The_app_runs_from_any_folder_by_settings_of_the_environment_tells_systemd_and_ends_within_10_s()
    {
        using var sendGrids = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var told = Path.Combine(notices.FullName, "socket");
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(told));
        using var app = AppProcess.Start(["--service"], path: folder.FullName, folder: folder.FullName, environment:
        [
            ("NOTIFY_SOCKET", told),
            ("AzureWebJobsStorage", office.Connection), ("Site__BaseUrl", "https://example.org"), ("LocalHost__Listen", "http://127.0.0.1:0"), ("Cycle__File", "panama-2019-2021"),
            ("Signing__Keys", Convert.ToBase64String(new byte[32])), ("SendGrid__ApiKey", "SG.own"), ("SendGrid__WebhookPublicKey", Convert.ToBase64String(sendGrids.ExportSubjectPublicKeyInfo())), ("Email__From", "a@example.org"), ("Email__ReplyTo", "b@example.org"), ("Staff__Addresses", "c@example.org=organiser"),
        ]);
        await app.SaysAsync("The service listens at http://127.0.0.1:");
        var heard = new byte[100];
        Assert.StartsWith("READY=1", Encoding.UTF8.GetString(heard, 0, await systemd.ReceiveAsync(heard, cancel)));
        using var http = new HttpClient { BaseAddress = new Uri(app.Output.Split("listens at ")[1].Split(".\n")[0]) };
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/api/health", cancel)).StatusCode);
        Assert.Contains("\"2019-2021\"", await http.GetStringAsync("/api/chronogram", cancel));
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/dev", cancel)).StatusCode);

        var stopping = Stopwatch.StartNew();
        app.Signal("TERM");

        Assert.Equal(0, await app.EndsAsync());
        Assert.True(stopping.Elapsed < TimeSpan.FromSeconds(10), $"It took {stopping.Elapsed}.");
        Assert.StartsWith("STOPPING=1", Encoding.UTF8.GetString(heard, 0, await systemd.ReceiveAsync(heard, cancel)));
        Assert.Equal(("", 1), (app.Errors, app.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
        Assert.Empty(folder.EnumerateFileSystemInfos());
    }

    public void Dispose()
    {
        folder.Delete(recursive: true);
        notices.Delete(recursive: true);
    }
}
