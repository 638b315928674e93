namespace OpenGov.Functions.Proposals;

public static class ProposalsFeature
{
    public static IServiceCollection AddProposals(this IServiceCollection services) => services;
}
