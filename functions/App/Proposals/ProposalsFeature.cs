using OpenGov.Functions.Emails;

namespace OpenGov.Functions.Proposals;

public static class ProposalsFeature
{
    public static IServiceCollection AddProposals(this IServiceCollection services) => services
        .AddSingleton<ProposalStore>()
        .AddSingleton<ProposalSnapshot>()
        .AddSingleton<ProposalIntake>()
        .AddSingleton<IntakeLimits>()
        .AddSingleton<FormTickets>()
        .AddSingleton<IMailWriter, ProposalReceipt>();
}
