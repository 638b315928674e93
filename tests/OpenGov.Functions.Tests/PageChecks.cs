using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace OpenGov.Functions;

/// <summary>What every page must be, wherever a test passes by.</summary>
public static class PageChecks
{
    /// <summary>It keeps a screenshot where asked to, has nothing that axe finds, and does not scroll sideways.</summary>
    public static async Task ShowsWellAsync(this IPage page, string name)
    {
        await Shots.TakeAsync(page, name);
        Assert.Equal([], (await page.RunAxe()).Violations.Select(violation => $"{page.Url} {violation.Id}: {string.Join(' ', violation.Nodes.Select(node => node.Html))}"));
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
