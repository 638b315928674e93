using OpenGov.Functions.Emails;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Staff.Intake;
using OpenGov.Functions.Staff.Lists;

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
        .AddList<Notas.CommitmentsDesk>()
        .AddSingleton<Notas.RequestDesk>()
        .AddList<Notas.NotaList>()
        .AddSingleton<Notas.RoundClosingDesk>()
        .AddSingleton<Notas.PresentingDesk>()
        .AddSingleton<Notas.AskingDesk>()
        .AddSingleton<Notas.ActOnNota>()
        .AddList<Mails.MailDesk>()
        .AddSingleton<IMailAlarm, Mails.MailAlarm>()
        .AddSingleton<INoticeKind, Mails.MailNotices>()
        .AddSingleton<Decisions.DecisionDesk>()
        .AddList<Offices.OfficeDesk>()
        .AddList<Review.ThemeDesk>()
        .AddSingleton<Delivery.PlanDesk>()
        .AddSingleton<Drafts.DraftDesk>()
        .AddList<Designations.LiaisonDesk>()
        .AddSingleton<Agenda.MeetingDesk>()
        .AddSingleton<Agenda.RegistrationDesk>()
        .AddSingleton<Contacts.ContactDesk>()
        .AddList<Agenda.MeetingList>()
        .AddSingleton<Chronogram.DatesDesk>()
        .AddList<Agenda.MemberDesk>()
        .AddList<Goals.GoalDesk>()
        .AddList<Work.FailedWorkDesk>()
        .AddIntake()
        .AddSingleton<NoticeReading>()
        .AddList<NoticeDesk>()
        .AddSingleton<StaffOverview>()
        .AddSingleton<IMailWriter, SignInMail>();
}
