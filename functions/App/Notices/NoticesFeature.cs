using OpenGov.Functions.Emails;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Telemetry;

namespace OpenGov.Functions.Notices;

public static class NoticesFeature
{
    public static IServiceCollection AddNotices(this IServiceCollection services) => services
        .AddCheckedAtStart<StaffDirectory>()
        .AddSingleton<NoticeStore>()
        .AddSingleton<NoticeWords>()
        .AddSingleton<DueNotices>()
        .AddSingleton<IMeasured, MeasureNotices>()
        .AddSingleton<INoticeKind, ActivityNotices>()
        .AddSingleton<IAudience, StaffAudience>()
        .AddSingleton<Audiences>()
        .AddSingleton<IEffectHandler, ExplainChange>()
        .AddSingleton<ChangeMail>()
        .AddSingleton<IMailWriter>(services => services.GetRequiredService<ChangeMail>())
        .AddSingleton<IMailWriter, DigestMail>()
        .AddSingleton<IEffectHandler, PlanDueNotices>()
        .AddSingleton<IEffectHandler, PlanActivityNotices>();
}
