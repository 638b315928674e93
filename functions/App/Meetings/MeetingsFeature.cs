using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Meetings.HighLevel;
using OpenGov.Functions.Meetings.Registration;
using OpenGov.Functions.Meetings.Replies;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Meetings;

public static class MeetingsFeature
{
    public static IServiceCollection AddMeetings(this IServiceCollection services) => services
        .AddSingleton<MeetingStore>()
        .AddSingleton<RecentMeetings>()
        .AddSingleton<MeetingEditing>()
        .AddSingleton<ChangeMeeting>()
        .AddSingleton<InviteGuests>()
        .AddSingleton<RecordAttendance>()
        .AddSingleton<IEffectHandler, TellGuests>()
        .AddSingleton<IMailWriter, InvitationMail>()
        .AddSingleton<IEffectHandler, TellContacts>()
        .AddSingleton<IMailWriter, ContactMail>()
        .AddSingleton<RegistrationStore>()
        .AddSingleton<RecentRegistrations>()
        .AddSingleton<RegistrationKeys>()
        .AddSingleton<RegistrationLinks>()
        .AddSingleton<RegisterForMeeting>()
        .AddSingleton<WithdrawRegistration>()
        .AddSingleton<IEffectHandler, TellRegistered>()
        .AddSingleton<IMailWriter, RegistrationMail>()
        .AddSingleton<INoticeKind, MeetingNotices>()
        .AddSingleton<ReplyKind>()
        .AddSingleton<IRequestKind>(services => services.GetRequiredService<ReplyKind>())
        .AddSingleton<IAddressees, MeetingGuests>()
        .AddSingleton<MeetingReplies>()
        .AddSingleton<IActivityEvidence, MeetingEvidence>()
        .AddSingleton<HighLevelMap>()
        .AddSingleton<IRequestKind, HighLevelKind>()
        .AddSingleton<IActivityCheck, HighLevelMeetingsHeld>()
        .AddSingleton<IActivityCheck, TablesHeld>()
        .AddHeld(ActivityKeys.MethodsMeeting, withMinutes: true)
        .AddHeld(ActivityKeys.Outreach, withMinutes: false)
        .AddHeld(ActivityKeys.TablesMethod, withMinutes: true)
        .AddHeld(ActivityKeys.Tables, withMinutes: false)
        .AddHeld(ActivityKeys.Presented, withMinutes: false)
        .AddHeld(ActivityKeys.Launch, withMinutes: false);

    private static IServiceCollection AddHeld(this IServiceCollection services, string activity, bool withMinutes) =>
        services.AddSingleton<IActivityCheck>(services => ActivatorUtilities.CreateInstance<MeetingsHeld>(services, activity, withMinutes));
}
