using OpenGov.Functions.Emails;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Staff.Intake;

namespace OpenGov.Functions.Staff;

public static class StaffFeature
{
    public static IServiceCollection AddStaff(this IServiceCollection services) => services
        .AddSingleton<SessionStore>()
        .AddSingleton<SessionCookie>()
        .AddSingleton<StaffNames>()
        .AddSingleton<StaffGate>()
        .AddSingleton<Notas.StaffImports>()
        .AddSingleton<Notas.ImportDesk>()
        .AddSingleton<Notas.CommitmentsDesk>()
        .AddSingleton<Notas.RequestDesk>()
        .AddSingleton<Notas.AskingDesk>()
        .AddSingleton<Notas.ActOnNota>()
        .AddSingleton<Mails.MailDesk>()
        .AddSingleton<IMailAlarm, Mails.MailAlarm>()
        .AddSingleton<INoticeKind, Mails.MailNotices>()
        .AddSingleton<Decisions.DecisionDesk>()
        .AddSingleton<Offices.OfficeDesk>()
        .AddSingleton<Review.ThemeDesk>()
        .AddSingleton<Delivery.PlanDesk>()
        .AddSingleton<Drafts.DraftDesk>()
        .AddSingleton<Designations.LiaisonDesk>()
        .AddSingleton<Agenda.MeetingDesk>()
        .AddSingleton<Chronogram.DatesDesk>()
        .AddSingleton<Exports.StaffExports>()
        .AddIntake()
        .AddSingleton<NoticeReading>()
        .AddSingleton<StaffOverview>()
        .AddSingleton<IMailWriter, SignInMail>();
}
