namespace OpenGov.Functions.Web;

public sealed class DevPageService() : TestService("2019-03-05T09:00");

/// <summary>The pages for who runs the service on one machine are good to read, too.</summary>
public sealed class DevPageTests(DevPageService service, TestBrowser browser) : IClassFixture<DevPageService>
{
    [Theory]
    [InlineData(320)]
    [InlineData(1280)]
    public async Task The_pages_of_the_machine_are_accessible_and_fit(int width)
    {
        await service.SignInTokenAsync(StaffSignIn.Reader);
        var page = await browser.OpenAsync(service.Http.BaseAddress!, width, script: true);
        foreach (var address in new[] { "/dev", "/dev/mailbox", "/dev/mailbox?to=nobody@example.org" })
        {
            await page.ShowsWellAtAsync(address, $"dev{address.Length}-{width}");
        }
        await page.GotoAsync("/dev/mailbox");
        await page.Locator("tbody a").First.ClickAsync();
        await page.ShowsWellAsync($"dev-mail-{width}");
    }
}
