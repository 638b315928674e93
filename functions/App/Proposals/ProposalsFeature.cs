using OpenGov.Functions.Emails;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Proposals.Channels;
using OpenGov.Functions.Proposals.Moderation;
using OpenGov.Functions.Proposals.Paper;
using OpenGov.Functions.Proposals.Responses;
using OpenGov.Functions.Proposals.Similar;

namespace OpenGov.Functions.Proposals;

public static class ProposalsFeature
{
    public static IServiceCollection AddProposals(this IServiceCollection services) => services
        .AddSingleton<ProposalStore>()
        .AddSingleton<ProposalSnapshot>()
        .AddSingleton<ProposalKeys>()
        .AddSingleton<ProposalIntake>()
        .AddSingleton<SimilarProposals>()
        .AddSingleton<ChannelStore>()
        .AddSingleton<DefineChannel>()
        .AddSingleton<BatchStore>()
        .AddSingleton<WriteProposals>()
        .AddSingleton<PaperRegistration>()
        .AddSingleton<PaperIntake>()
        .AddSingleton<ImportProposals>()
        .AddSingleton<IntakeLimits>()
        .AddSingleton<ProposalArchive>()
        .AddSingleton<FormTickets>()
        .AddSingleton<ModerateProposal>()
        .AddSingleton<ChangeProposals>()
        .AddSingleton<IAudience, ProposalAudience>()
        .AddSingleton<IMailWriter, ProposalReceipt>()
        .AddSingleton<IMailWriter, ProposalNews>()
        .AddSingleton<IMailWriter, ResponseMail>();
}
