using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Validations.Publication;

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
        .AddQueuedWork(RoutedNota.EffectKind, Queues.ValidationRequests)
        .AddSingleton<PublicationStore>()
        .AddSingleton<PublishCommitments>()
        .AddSingleton<IEffectHandler, TellAuthors>()
        .AddSingleton<IMailWriter, PresentedMail>()
        .AddSingleton<IActivityCheck, CommitmentsPresented>();
}
