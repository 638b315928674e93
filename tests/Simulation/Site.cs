using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenGov.Functions;

namespace OpenGov.Simulation;

/// <summary>A mail as its reader finds it.</summary>
public sealed record Mail(string To, string Subject, string Text, DateTimeOffset At);

/// <summary>The service from the first working days of 2019 on, reached by its pages, its mailbox and its clock alone.</summary>
public sealed partial class Site : IAsyncDisposable
{
    public const string Organiser = "organizadora@example.org";
    public const string AddressHeader = "X-Citizen";
    private static readonly TimeSpan SignedIn = TimeSpan.FromHours(8);
    private readonly IReadOnlyList<IHost> hosts;
    private readonly Balancer balancer;
    private readonly string origin;
    private HttpClient staff;
    private DateTimeOffset signedInAt = DateTimeOffset.MinValue;

    private Site(IReadOnlyList<IHost> hosts, Balancer balancer, string origin)
    {
        (this.hosts, this.balancer, this.origin) = (hosts, balancer, origin);
        (Public, staff) = (NewClient(), NewClient());
    }

    /// <summary>Anybody's browser.</summary>
    public HttpClient Public { get; }

    public string Address => origin;

    /// <summary>Panama's time.</summary>
    public DateTimeOffset Now { get; private set; }

    public static async Task<Site> StartAsync(int port, int instances, int seed)
    {
        var first = await StartAsync("--port", port.ToString(CultureInfo.InvariantCulture), "--storage", "memory", "--now", "2019-01-03T09:00");
        var (hosts, ports) = (new List<IHost> { first.Host }, new List<int> { first.Port });
        var origin = $"http://localhost:{first.Port}";
        while (hosts.Count < instances)
        {
            // One name for all of them, as behind a balancer.
            var joined = await StartAsync("--port", "0", "--join", origin, $"Site__BaseUrl={origin}");
            hosts.Add(joined.Host);
            ports.Add(joined.Port);
        }
        var site = new Site(hosts, new Balancer(ports, seed), origin);
        await site.SettleAsync();
        return site;
    }

    private static async Task<(IHost Host, int Port)> StartAsync(params string[] flags)
    {
        var host = Service.Build([.. flags, "--empty", $"Network__ClientAddressHeader={AddressHeader}"]);
        await host.StartAsync();
        return (host, new Uri(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port);
    }

    /// <summary>The organiser's browser, signed in by the link that is mailed.</summary>
    public async Task<HttpClient> StaffAsync()
    {
        if (Now - signedInAt > SignedIn)
        {
            staff.Dispose();
            staff = NewClient();
            await staff.SubmitAsync("/staff", "/staff/sign-in", ("email", Organiser));
            await SettleAsync();
            var mail = await MailAsync(Organiser, mail => mail.Text.Contains("/staff/enter?t=", StringComparison.Ordinal));
            await staff.DoneAsync(Link().Match(mail.Text).Value, "/staff/enter");
            signedInAt = Now;
        }
        return staff;
    }

    /// <summary>Every timer and every message on the way has its turn.</summary>
    /// <param name="panamaTime">"2019-10-01T09:00"</param>
    public async Task GoToAsync(string panamaTime) => await SetAsync(new { now = panamaTime });

    /// <summary>Until nothing is on its way any more.</summary>
    public async Task SettleAsync() => await SetAsync(new { advance = "PT1M" });

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<Mail>> MailsAsync(string? to = null) =>
        (await Public.GetFromJsonAsync<List<Mail>>(to is null ? "/dev/mailbox.json" : $"/dev/mailbox.json?to={Uri.EscapeDataString(to)}"))!;

    /// <summary>The newest mail to <paramref name="to"/> of the kind, once it is there.</summary>
    public async Task<Mail> MailAsync(string to, Func<Mail, bool> isIt)
    {
        for (var tries = 0; tries < 3; tries++)
        {
            if ((await MailsAsync(to)).FirstOrDefault(isIt) is { } mail)
            {
                return mail;
            }
            await SettleAsync();
        }
        throw new PlayException($"{to} waits for a mail that does not come. It has: {string.Join(" | ", (await MailsAsync(to)).Take(5).Select(mail => mail.Subject))}");
    }

    /// <summary>The first link to <paramref name="path"/> in a mail.</summary>
    public static string LinkIn(Mail mail, string path) =>
        Link().Matches(mail.Text).Select(match => match.Value).FirstOrDefault(link => new Uri(link).AbsolutePath == path)
        ?? throw new PlayException($"\"{mail.Subject}\" has no link to {path}.");

    public static async Task<JsonElement> ReadAsync(HttpClient client, string path) => await client.GetFromJsonAsync<JsonElement>(path);

    /// <summary>Until Ctrl-C.</summary>
    public Task WaitAsync() => hosts[0].WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        Public.Dispose();
        staff.Dispose();
        foreach (var host in hosts.Reverse())
        {
            await host.StopAsync();
            host.Dispose();
        }
    }

    private async Task SetAsync(object clock)
    {
        var answer = await Public.PostAsJsonAsync("/dev/clock", clock);
        Now = answer.IsSuccessStatusCode
            ? DateTimeOffset.Parse((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("now").GetString()!, CultureInfo.InvariantCulture)
            : throw new PlayException($"The clock said: {await answer.Content.ReadAsStringAsync()}");
    }

    private HttpClient NewClient() => new(balancer.Before(new HttpClientHandler { AllowAutoRedirect = false }))
    {
        BaseAddress = new Uri(origin),
        Timeout = TimeSpan.FromMinutes(5),
        DefaultRequestHeaders = { { "Origin", origin } },
    };

    [GeneratedRegex(@"https?://[^\s>]+")]
    private static partial Regex Link();
}

/// <summary>The service did what nobody expects, and the play cannot go on.</summary>
public sealed class PlayException(string message) : Exception(message);
