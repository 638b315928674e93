using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Telemetry;

namespace OpenGov.Functions.Requests;

public static class RequestsFeature
{
    public static IServiceCollection AddRequests(this IServiceCollection services) => services
        .AddSingleton<RequestStore>()
        .AddSingleton<RecentRequests>()
        .AddSingleton<IMeasured, MeasureRequests>()
        .AddSingleton<ItemAnswers>()
        .AddSingleton<RequestKinds>()
        .AddSingleton<ICycleEnd, RequestsEnded>()
        .AddSingleton<IAddressees, Authorities>()
        .AddSingleton<Addressees>()
        .AddSingleton<RequestLinks>()
        .AddSingleton<RequestAnswers>()
        .AddSingleton<RequestCodes>()
        .AddSingleton<RequestDelegations>()
        .AddSingleton<RequestPages>()
        .AddSingleton<NotaBookStore>()
        .AddSingleton<PlannedRequests>()
        .AddSingleton<OpenRequests>()
        .AddSingleton<DispatchRequests>()
        .AddQueuedWork(RoutedRequest.EffectKind, Queues.Requests)
        .AddSingleton<SendRequest>()
        .AddSingleton<ActOnRequest>()
        .AddSingleton<RecordPaper>()
        .AddSingleton<FollowOffice>()
        .AddSingleton<IEffectHandler>(services => services.GetRequiredService<FollowOffice>())
        .AddSingleton<CloseRound>()
        .AddSingleton<INoticeKind, RequestNotices>()
        .AddSingleton<IActivityEvidence, RequestEvidence>()
        .AddSingleton<IAudience, RequestAudience>()
        .AddSingleton<IMailWriter, NotaMail>()
        .AddSingleton<IMailWriter, CodeMail>()
        .AddSingleton<IMailWriter, DelegationCodeMail>()
        .AddSingleton<IMailWriter, ChangedMail>()
        .AddSingleton<IMailWriter, AnsweredMail>();
}
