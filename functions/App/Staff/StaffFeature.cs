using OpenGov.Functions.Emails;

namespace OpenGov.Functions.Staff;

public static class StaffFeature
{
    public static IServiceCollection AddStaff(this IServiceCollection services) => services
        .AddSingleton<SessionStore>()
        .AddSingleton<SessionCookie>()
        .AddSingleton<StaffGate>()
        .AddSingleton<Notas.StaffImports>()
        .AddSingleton<Notas.CommitmentsDesk>()
        .AddSingleton<Notas.RequestDesk>()
        .AddSingleton<NoticeReading>()
        .AddSingleton<StaffOverview>()
        .AddSingleton<IMailWriter, SignInMail>();
}
