using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace OpenGov.Functions;

/// <summary>The whole service in this process, on a storage emulator of its own, reached as its users reach it.</summary>
public class TestService : IAsyncLifetime
{
    private readonly string startAt;
    private IHost? host;

    /// <summary>From the first day of the call on.</summary>
    public TestService() : this("2019-02-22T09:00")
    {
    }

    protected TestService(string startAt) => this.startAt = startAt;

    public HttpClient Http { get; private set; } = null!;

    public IServiceProvider Services => host!.Services;

    public async ValueTask InitializeAsync()
    {
        host = Service.Build(["--port", "0", "--storage", "memory", "--now", startAt]);
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
