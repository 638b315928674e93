using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions;

/// <summary>The whole service in this process, on a storage account of its own, reached as its users reach it.</summary>
public class TestService : IAsyncLifetime
{
    private readonly string startAt;
    private readonly string[] settings;
    private IHost? host;

    /// <summary>From the first day of the call on.</summary>
    public TestService() : this("2019-02-22T09:00")
    {
    }

    /// <param name="settings">As "Name=value", beside those of the sample.</param>
    protected TestService(string startAt, params string[] settings) => (this.startAt, this.settings) = (startAt, settings);

    public HttpClient Http { get; private set; } = null!;

    public IServiceProvider Services => host!.Services;

    public virtual async ValueTask InitializeAsync()
    {
        host = Service.Build(["--port", "0", "--now", startAt, .. settings, .. settings.Contains("--storage") ? Array.Empty<string>() : [await TestStorage.NewAccountAsync()]]);
        await host.StartAsync();
        var address = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(address) };
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Http.Dispose();
        await host!.StopAsync();
        host.Dispose();
    }

    public async Task AdvanceToAsync(string panamaTime)
    {
        var answer = await Http.PostAsJsonAsync("/dev/clock", new { now = panamaTime });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>By a period such as "PT61M".</summary>
    public async Task AdvanceByAsync(string period)
    {
        var answer = await Http.PostAsJsonAsync("/dev/clock", new { advance = period });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>What SendGrid does with the next mails, and tells of them.</summary>
    public async Task FaultsAsync(params object[] faults)
    {
        var answer = await Http.PostAsJsonAsync("/dev/faults", new { sendgrid = faults });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Waits until the mailbox of <paramref name="to"/> holds as many mails, and gives them, newest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> MailsAsync(string to, int count)
    {
        for (var tries = 0; ; tries++)
        {
            var mails = (await Http.GetFromJsonAsync<List<JsonElement>>($"/dev/mailbox.json?to={to}"))!;
            if (mails.Count >= count || tries > 100)
            {
                return mails;
            }
            await Task.Delay(100);
        }
    }
}

/// <summary>From the first day of the validation on.</summary>
public sealed class OctoberService() : TestService("2019-10-01T09:00");

/// <summary>With an organiser signed in once for all tests: a mailbox gets only so many sign-in links an hour.</summary>
public class StaffedService(string startAt, params string[] settings) : TestService(startAt, settings)
{
    public HttpClient Staff { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Staff = await this.SignInAsync();
    }
}
