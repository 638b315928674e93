using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Emails;

public static class EmailsFeature
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ConnectionAge = TimeSpan.FromMinutes(5);

    public static IServiceCollection AddEmails(this IServiceCollection services) => services
        .AddCheckedAtStart<EmailSettings>()
        .AddSingleton<MailStore>()
        .AddSingleton<MailHearing>()
        .AddSingleton<MailTasks>()
        .AddSingleton<WebhookSignature>()
        .AddSingleton<MailText>()
        .AddSingleton<MailDrawing>()
        .AddSingleton(provider => new SendGridMailer(
            provider.GetRequiredService<EmailSettings>(), provider.GetRequiredService<Site>(),
            new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = ConnectionAge }) { Timeout = Patience }))
        .AddSingleton<IEffectHandler, DeliverMail>();
}
