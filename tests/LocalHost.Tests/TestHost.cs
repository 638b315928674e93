using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenGov.LocalHost.Storage;

[assembly: AssemblyFixture(typeof(OpenGov.LocalHost.SharedHost))]

namespace OpenGov.LocalHost;

/// <summary>What functions have seen, kept for each host.</summary>
public sealed class Seen
{
    private readonly ConcurrentQueue<string> all = new();

    public void Add(string what) => all.Enqueue(what);

    public IReadOnlyList<string> Of(string prefix) => [.. all.Where(what => what.StartsWith(prefix, StringComparison.Ordinal))];

    public async Task<IReadOnlyList<string>> WaitForAsync(string prefix, int count)
    {
        for (var tries = 0; tries < 200 && Of(prefix).Count < count; tries++)
        {
            await Task.Delay(50);
        }
        return Of(prefix);
    }
}

/// <summary>A running host of some function classes, with an emulator in memory unless told otherwise.</summary>
public sealed class TestHost : IAsyncDisposable
{
    private readonly IHost host;

    private TestHost(IHost host, Uri address) => (this.host, Http) = (host, new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = address });

    public HttpClient Http { get; }

    public Seen Seen => host.Services.GetRequiredService<Seen>();

    public string Connection => host.Services.GetRequiredService<StorageAccount>().ConnectionString!;

    public static Task<TestHost> StartAsync(Type[] classes, params string[] args) => StartAsync(classes, _ => { }, args);

    public static async Task<TestHost> StartAsync(Type[] classes, Action<IServiceCollection> more, params string[] args)
    {
        var builder = FunctionsApplication.CreateBuilder(["--port", "0", .. args.Length == 0 ? ["--storage", "memory", "--now", "2019-02-22T09:00"] : args], classes, ownsProcess: false);
        builder.Services.AddSingleton<Seen>();
        builder.UseMiddleware<OuterMiddleware>();
        builder.UseMiddleware<InnerMiddleware>();
        more(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        return new TestHost(host, new Uri(host.Services.GetRequiredService<LocalAddress>().Own));
    }

    public QueueClient Queue(string name) => new(Connection, name);

    public async Task SendAsync(string queue, string text)
    {
        await Queue(queue).CreateIfNotExistsAsync();
        await Queue(queue).SendMessageAsync(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text)));
    }

    public Task<HttpResponseMessage> SetClockAsync(object body) => Http.PostAsJsonAsync("/dev/clock", body);

    public async Task<DateTimeOffset> ClockAsync() => (await Http.GetFromJsonAsync<JsonElement>("/dev/clock")).GetProperty("now").GetDateTimeOffset();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await host.StopAsync();
        host.Dispose();
    }
}

/// <summary>One host for all tests that need no other.</summary>
public sealed class SharedHost : IAsyncLifetime
{
    public TestHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await TestHost.StartAsync(
        [typeof(AShowAnything), typeof(BShowNew), typeof(Home), typeof(Fail), typeof(PostOnly), typeof(Throwing), typeof(Take), typeof(Daily), typeof(Hourly)]);

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
