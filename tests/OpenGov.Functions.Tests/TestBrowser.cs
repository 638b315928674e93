using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Playwright;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(OpenGov.Functions.TestBrowser))]
[assembly: OpenGov.Functions.ClosesItsPages]

namespace OpenGov.Functions;

/// <summary>One Chromium for the whole run: the system's, or the one that Playwright downloaded.</summary>
public sealed class TestBrowser : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];
    private static readonly ConcurrentDictionary<string, ConcurrentBag<IBrowserContext>> Opened = [];
    private static readonly ConcurrentBag<Task> Closing = [];
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Names.SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists),
            Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>A page of the test that asks, open until its end.</summary>
    public async Task<IPage> OpenAsync(Uri baseAddress, int width = 1280, bool script = false)
    {
        var context = await browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = baseAddress.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            JavaScriptEnabled = script,
            Locale = "es-PA",
        });
        if (script)
        {
            await context.AddInitScriptAsync(PageChecks.Axe);
        }
        Opened.GetOrAdd(TestContext.Current.Test!.UniqueID, _ => []).Add(context);
        return await context.NewPageAsync();
    }

    public static void Close(string test)
    {
        if (Opened.TryRemove(test, out var contexts))
        {
            Closing.Add(Task.WhenAll(contexts.Select(context => context.CloseAsync())));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Closing);
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }
        playwright?.Dispose();
    }
}

/// <summary>Each page is a process: hundreds of them left open slow down all that follow.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class ClosesItsPagesAttribute : BeforeAfterTestAttribute
{
    public override void After(MethodInfo methodUnderTest, IXunitTest test) => TestBrowser.Close(test.UniqueID);
}
