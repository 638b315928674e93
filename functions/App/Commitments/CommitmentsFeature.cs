namespace OpenGov.Functions.Commitments;

public static class CommitmentsFeature
{
    public static IServiceCollection AddCommitments(this IServiceCollection services) => services
        .AddSingleton<CommitmentStore>()
        .AddSingleton<DraftCommitment>()
        .AddSingleton<ImportCommitments>();
}
