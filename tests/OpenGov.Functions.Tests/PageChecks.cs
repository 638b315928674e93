using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace OpenGov.Functions;

/// <summary>What every page must be, wherever a test passes by.</summary>
public static class PageChecks
{
    /// <summary>For pages to load and <see cref="ShowsWellAsync"/> to open: sent to each page anew, it takes longer than all that it looks for.</summary>
    public static readonly string Axe = $"window.openAxe = () => {{ {new BundledAxeScriptProvider().GetScript()} }};";

    public static async Task ShowsWellAtAsync(this IPage page, string path, string? name = null)
    {
        await page.GotoAsync(path);
        await page.ShowsWellAsync(name);
    }

    /// <summary>After a key or a click: the address is as told, and the page is there to its end.</summary>
    /// <remarks>Not by WaitForURLAsync: it looks at the address before it listens, so an arrival in between is waited for in vain.</remarks>
    public static async Task ArrivesAtAsync(this IPage page, [StringSyntax(StringSyntaxAttribute.Regex)] string address)
    {
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(address));
        await page.WaitForFunctionAsync("document.readyState === 'complete'");
    }

    /// <summary>It keeps a screenshot where asked to, has nothing that axe finds, and does not scroll sideways.</summary>
    public static async Task ShowsWellAsync(this IPage page, string? name = null)
    {
        if (name is not null)
        {
            await Shots.TakeAsync(page, name);
        }
        // In the page itself: a second page that only gathers what frames found takes twice as long. Frames hold mails, which have tests of their own.
        await page.EvaluateAsync("openAxe()");
        var found = await page.EvaluateAsync<string[]>(
            "axe.run({ iframes: false, resultTypes: ['violations'] }).then(run => run.violations.map(one => `${one.id}: ${one.nodes.map(node => node.html).join(' ')}`))");
        Assert.Equal([], found.Select(violation => $"{page.Url} {violation}"));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"{page.Url} scrolls sideways.");
    }
}

internal static class Shots
{
    /// <summary>A picture of the page for who looks at it, where a folder for them is named.</summary>
    public static async Task TakeAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("OPENGOV_SHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
        }
    }
}
