using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OpenGov.Functions.Web;

namespace OpenGov.Functions;

/// <summary>Signs in as staff do: by the link that is mailed.</summary>
public static partial class StaffSignIn
{
    public const string Organiser = "organizadora@example.org";
    public const string Secretary = "secretaria.cngap@example.org";
    public const string Reader = "lectura@example.org";

    /// <summary>A client with the member's cookie and the site's Origin.</summary>
    public static async Task<HttpClient> SignInAsync(this TestService service, string email = Organiser)
    {
        var client = service.NewClient();
        var answer = await client.PostAsync("/staff/enter", Form(("t", await service.SignInTokenAsync(email))));
        return answer.StatusCode == HttpStatusCode.SeeOther ? client : throw new InvalidOperationException($"Signing in was answered with {answer.StatusCode}.");
    }

    /// <summary>Signs the browser of <paramref name="page"/> in.</summary>
    public static async Task SignInAsync(this TestService service, IPage page, string email = Organiser)
    {
        await page.GotoAsync($"/staff/enter?t={await service.SignInTokenAsync(email)}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Entrar", Exact = true }).ClickAsync();
    }

    /// <summary>A client that keeps cookies and sends the site's Origin, signed in as nobody.</summary>
    public static HttpClient NewClient(this TestService service) =>
        new(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(service.Services.GetRequiredService<Site>().Origin),
            DefaultRequestHeaders = { { "Origin", service.Services.GetRequiredService<Site>().Origin } },
        };

    /// <summary>A client that keeps no cookies and sends no Origin, as a program does.</summary>
    public static HttpClient NewPlainClient(this TestService service) =>
        new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = service.Http.BaseAddress };

    /// <summary>Asks for a link and takes its token from the mail.</summary>
    public static async Task<string> SignInTokenAsync(this TestService service, string email)
    {
        var known = (await service.SignInLinksAsync(email, 0)).Count;
        (await service.Http.PostAsync("/staff/sign-in", Form(("email", email)))).EnsureSuccessStatusCode();
        return (await service.SignInLinksAsync(email, known + 1))[0];
    }

    /// <summary>The tokens in the mailbox, newest first, once there are as many.</summary>
    public static async Task<IReadOnlyList<string>> SignInLinksAsync(this TestService service, string email, int count)
    {
        for (var tries = 0; ; tries++)
        {
            var tokens = (await service.MailsAsync(email, 0)).Select(mail => Token().Match(mail.GetProperty("text").GetString()!))
                .Where(match => match.Success).Select(match => match.Groups[1].Value).ToList();
            if (tokens.Count >= count || tries > 100)
            {
                return tokens;
            }
            await Task.Delay(100);
        }
    }

    public static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    [GeneratedRegex(@"/staff/enter\?t=([A-Za-z0-9_.-]+)")]
    private static partial Regex Token();
}
