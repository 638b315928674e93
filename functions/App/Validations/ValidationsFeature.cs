using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Validations;

public static class ValidationsFeature
{
    public static IServiceCollection AddValidations(this IServiceCollection services) => services
        .AddSingleton<DispatchStore>()
        .AddSingleton<ConsolidatedCommitments>()
        .AddSingleton<RecentCommitments>()
        .AddSingleton<DispatchValidation>()
        .AddSingleton<DecideCommitment>()
        .AddSingleton<IRequestKind, ValidationKind>()
        .AddSingleton<IEffectHandler, QueueValidationRequests>();
}
