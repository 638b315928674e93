using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Emails;

public static class EmailsFeature
{
    public static IServiceCollection AddEmails(this IServiceCollection services)
    {
        services.AddHttpClient(nameof(MailProvider)).ConfigureHttpClient(http => http.Timeout = TimeSpan.FromSeconds(30));
        return services
            .AddSingleton(provider => EmailSettings.Read(provider.GetRequiredService<IConfiguration>()))
            .AddSingleton(provider => new MailProvider(provider.GetRequiredService<EmailSettings>(), provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(MailProvider))))
            .AddSingleton<MailStore>()
            .AddSingleton<MailDrawing>()
            .AddSingleton<IEffectHandler, SendMail>();
    }
}
