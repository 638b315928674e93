using OpenGov.Functions.Emails;
using OpenGov.Functions.Notices;

namespace OpenGov.Functions.Requests;

public static class RequestsFeature
{
    public static IServiceCollection AddRequests(this IServiceCollection services) => services
        .AddSingleton<RequestStore>()
        .AddSingleton<RecentRequests>()
        .AddSingleton<RequestKinds>()
        .AddSingleton<RequestLinks>()
        .AddSingleton<RequestAnswers>()
        .AddSingleton<RequestPages>()
        .AddSingleton<SendRequest>()
        .AddSingleton<CloseRound>()
        .AddSingleton<INoticeKind, RequestNotices>()
        .AddSingleton<IMailWriter, NotaMail>()
        .AddSingleton<IMailWriter, CodeMail>()
        .AddSingleton<IMailWriter, AnsweredMail>();
}
