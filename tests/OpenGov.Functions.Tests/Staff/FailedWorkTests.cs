using Microsoft.Extensions.DependencyInjection;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Staff;

/// <summary>What an operator needs at 23:50: what failed, another try, and no session left open elsewhere.</summary>
public sealed class FailedWorkTests(TestService service, TestBrowser browser) : IClassFixture<TestService>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_put_aside_is_shown_and_goes_back_to_its_queue_once()
    {
        var storage = service.Services.GetRequiredService<StorageClients>();
        var poison = storage.Queue(Queues.Effects + "-poison");
        await poison.CreateIfNotExistsAsync(cancellationToken: Cancel);
        await poison.SendMessageAsync("""{"table":"proposals","partition":"nowhere"}""", Cancel);
        var page = await browser.OpenAsync(service.Http.BaseAddress!, 320, script: true);
        await service.SignInAsync(page);
        await page.GotoAsync("/staff/work");
        Assert.Contains("nowhere", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.ShowsWellAsync("failed-work");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Volver a intentarlas" }).ClickAsync();
        Assert.Contains("devueltas a su cola: 1", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, (await poison.GetPropertiesAsync(Cancel)).Value.ApproximateMessagesCount);

        using var reader = await service.SignInAsync(StaffSignIn.Reader);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await reader.PostAsync("/staff/work", StaffSignIn.Form(("queue", Queues.Effects)), Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_member_ends_the_sessions_left_open_elsewhere()
    {
        using var elsewhere = await service.SignInAsync(StaffSignIn.Secretary);
        using var here = await service.SignInAsync(StaffSignIn.Secretary);
        Assert.Contains("Cerrar las demás", await here.ReadAsync("/staff/sessions"), StringComparison.Ordinal);
        await here.DoneAsync("/staff/sessions");

        Assert.Equal(System.Net.HttpStatusCode.SeeOther, (await elsewhere.GetAsync("/staff/notices", Cancel)).StatusCode);
        Assert.DoesNotContain("Cerrar las demás", await here.ReadAsync("/staff/sessions"), StringComparison.Ordinal);
    }
}
