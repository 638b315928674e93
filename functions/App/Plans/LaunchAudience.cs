using OpenGov.Functions.Cycles;
using OpenGov.Functions.Forum;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Liaisons;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Subscriptions;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Plans;

public enum TookPartAs { Author, Reader, Member, Liaison, Office }

public sealed record PersonToTell(string Mailbox, string Language, TookPartAs As);

/// <summary>Everybody who took part: each mailbox once, in the first of the ways in which it did.</summary>
public sealed class LaunchAudience(ProposalStore proposals, ForumStore forum, LiaisonStore liaisons, InstitutionStore institutions, SubscriberAudience subscribers)
{
    public async Task<IReadOnlyList<PersonToTell>> ReadAsync(Cycle cycle, CancellationToken cancel) =>
    [
        .. (await proposals.ListAsync(cycle, cancel)).Where(proposal => proposal.Content.Author.Email is not null)
            .Select(proposal => new PersonToTell(proposal.Content.Author.Email!, proposal.Language, TookPartAs.Author))
            .Concat((await subscribers.ReadersAsync(cycle, cancel)).Select(reader => new PersonToTell(reader.Mailbox, reader.Language, TookPartAs.Reader)))
            .Concat((await forum.ListAsync(cycle, cancel)).Select(member => new PersonToTell(member.Mailbox, Language.Spanish, TookPartAs.Member)))
            .Concat((await liaisons.ListAsync(cycle, cancel)).SelectMany(liaison => new[] { liaison.Principal, liaison.Alternate })
                .Select(person => new PersonToTell(person.Mailbox, Language.Spanish, TookPartAs.Liaison)))
            .Concat((await institutions.ListAsync(cycle, cancel)).Select(institution => new PersonToTell(institution.Office.Mailbox, Language.Spanish, TookPartAs.Office)))
            .DistinctBy(person => person.Mailbox.ToUpperInvariant()),
    ];
}
