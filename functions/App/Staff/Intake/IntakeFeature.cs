using OpenGov.Functions.Staff.Lists;

namespace OpenGov.Functions.Staff.Intake;

public static class IntakeFeature
{
    public static IServiceCollection AddIntake(this IServiceCollection services) => services
        .AddList<IntakeDesk>()
        .AddList<ChannelDesk>()
        .AddList<ProposalList>()
        .AddList<PairList>()
        .AddSingleton<ProposalDesk>();
}
