using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Meetings;

public static class MeetingsFeature
{
    public static IServiceCollection AddMeetings(this IServiceCollection services) => services
        .AddSingleton<MeetingStore>()
        .AddSingleton<RecentMeetings>()
        .AddSingleton<ChangeMeeting>()
        .AddSingleton<IEffectHandler, TellGuests>()
        .AddSingleton<IMailWriter, InvitationMail>()
        .AddSingleton<INoticeKind, MeetingNotices>();
}
