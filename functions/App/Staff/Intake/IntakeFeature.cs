namespace OpenGov.Functions.Staff.Intake;

public static class IntakeFeature
{
    public static IServiceCollection AddIntake(this IServiceCollection services) => services
        .AddSingleton<IntakeDesk>()
        .AddSingleton<ChannelDesk>()
        .AddSingleton<ProposalDesk>();
}
