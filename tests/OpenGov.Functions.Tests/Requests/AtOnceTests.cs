using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using OpenGov.Functions.Meetings;
using static OpenGov.Functions.Validations.ValidationRound;

namespace OpenGov.Functions.Requests;

/// <summary>What is asked without binding anybody takes effect at once: nothing that its people read tells of a code.</summary>
public sealed partial class AtOnceTests(AugustService service) : IClassFixture<AugustService>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_nota_that_does_not_bind_tells_of_no_code()
    {
        using var staff = await service.SignInAsync();
        await staff.AdoptThemeAsync("T-01", "Datos abiertos", "MEF", "AIG");
        Assert.Equal(HttpStatusCode.Accepted, (await staff.PostAsJsonAsync("/api/staff/requests", new { kind = "high-level-meeting", due = "2019-08-09", details = "2019-08-12 09:00" }, Cancel)).StatusCode);
        var link = await LinkAsync(service, "MEF");
        await service.AdvanceToAsync("2019-08-12T09:00");
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(service, link, Answer("1", "date-1"))).StatusCode);
        await service.MailsAsync(MailboxOf("MEF"), 3);

        var nota = Notas().Match(await staff.ReadAsync("/staff/requests?institution=MEF")).Groups[1].Value;
        var told = new List<string>
        {
            await staff.ReadAsync($"/staff/requests/{nota}"), await service.Http.ReadAsync("/requests?lang=es"), await service.Http.ReadAsync($"/requests/{nota}?lang=es"),
            await service.Http.ReadAsync($"/r?t={link}&lang=es"), await LetterAsync(staff, nota),
        };
        foreach (var mailbox in new[] { MailboxOf("MEF"), MailboxOf("AIG"), StaffSignIn.Organiser, "secretaria.general.mef@example.org", "secretaria.general.aig@example.org" })
        {
            told.AddRange((await service.MailsAsync(mailbox, 1)).Select(mail => mail.GetProperty("text").GetString()!));
        }
        Assert.All(told, text => Assert.DoesNotMatch("(?i)código de|con el código|confirmad|la confirme", text));
        Assert.Contains(told, text => text.Contains("Se elevó a la Secretaría General", StringComparison.Ordinal));
    }

    private static async Task<string> LetterAsync(HttpClient staff, string nota)
    {
        using var document = new ZipArchive(new MemoryStream(await staff.GetByteArrayAsync($"/staff/requests/{nota}/letter.docx", Cancel)));
        using var text = new StreamReader(document.GetEntry("word/document.xml")!.Open());
        return await text.ReadToEndAsync(Cancel);
    }

    [GeneratedRegex("/staff/requests/([0-9]{3}-2019)")]
    private static partial Regex Notas();
}
