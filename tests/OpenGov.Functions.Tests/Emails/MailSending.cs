using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Emails;

/// <summary>Receipts of proposals that nobody sent: mails that always hold.</summary>
public static class MailSending
{
    public static string IdentityOf(string to) => $"receipt!{to}";

    public static string KeyOf(string to) => MailStore.KeyOf(IdentityOf(to));

    public static Effect ReceiptTo(string to) => MailEffect.Send(
        IdentityOf(to), ProposalReceipt.TemplateName, to, Language.Spanish, new ProposalReceipt.Model("ABCDEFGHJ", $"Tema de {to.Split('@')[0]}", Instant.FromUtc(2019, 3, 1, 15, 0)));

    public static MailEffect EffectTo(string to) => ReceiptTo(to).Payload.Deserialize<MailEffect>(Json.Options)!;

    /// <summary>By the outbox, as any mail.</summary>
    public static async Task SendAsync(this TestService service, params string[] addresses)
    {
        foreach (var some in addresses.Chunk(50))
        {
            var change = new Change(Tables.Proposals, $"mails{some[0].GetHashCode() & 7}").Then(some.Select(ReceiptTo));
            Assert.Equal(CommitResult.Committed, await service.Services.GetRequiredService<Ledger>().CommitAsync(change, TestContext.Current.CancellationToken));
        }
    }

    public static async Task<Mail?> MailToAsync(this TestService service, string to) =>
        (await service.Services.GetRequiredService<MailStore>().FindAsync(IdentityOf(to), TestContext.Current.CancellationToken))?.Record;

    /// <summary>Waits for a mail to be as <paramref name="isSo"/> says.</summary>
    public static async Task<Mail> MailToAsync(this TestService service, string to, Func<Mail, bool> isSo)
    {
        for (var tries = 0; ; tries++)
        {
            var mail = await service.MailToAsync(to);
            if ((mail is not null && isSo(mail)) || tries > 100)
            {
                return mail ?? throw new InvalidOperationException($"No mail to {to} was begun.");
            }
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
