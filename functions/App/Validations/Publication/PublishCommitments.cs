using System.Text.Json;
using Microsoft.Extensions.Localization;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Commitments;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Proposals.Responses;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Validations.Publication;

/// <summary>A commitment that was presented to the public, in the text that it had.</summary>
public sealed record PublishedCommitment(string Number, int Version, Instant At);

public sealed class PublicationStore(StorageClients storage)
{
    private const string RowPrefix = "P!";

    /// <summary>By number.</summary>
    public Task<IReadOnlyList<PublishedCommitment>> ListAsync(Cycle cycle, CancellationToken cancel) =>
        Document.ReadAllAsync<PublishedCommitment>(storage.Table(Tables.Commitments), CommitmentStore.PartitionOf(cycle), RowPrefix, cancel);

    internal static string RowOf(string number) => RowPrefix + number;
}

/// <summary>Activity 11: presents the commitments of the plan, and tells the authors of the proposals behind them.</summary>
public sealed class PublishCommitments(
    ConsolidatedCommitments commitments, PublicationStore published, CurrentCycle cycles, Ledger ledger, TimeProvider clock)
{
    /// <summary>Those that were not presented in their present text.</summary>
    public async Task<IReadOnlyList<ConsolidatedCommitment>> PendingAsync(Cycle cycle, CancellationToken cancel)
    {
        var known = (await published.ListAsync(cycle, cancel)).ToDictionary(one => one.Number, one => one.Version);
        return [.. (await commitments.ListAsync(cycle, cancel)).Where(one => one.IsOfPlan && known.GetValueOrDefault(one.Number) != one.Case.Current.Number)];
    }

    /// <returns>How many were presented now.</returns>
    public async Task<int> RunAsync(string by, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var pending = await PendingAsync(cycle, cancel);
        if (pending.Count == 0)
        {
            return 0;
        }
        var now = clock.GetCurrentInstant();
        var change = new Change(Tables.Commitments, CommitmentStore.PartitionOf(cycle))
            .Record(OfficialEvent.Of("commitments-presented", cycle.Id, pending.Select(one => new { one.Number, one.Case.Draft.Title, Version = one.Case.Current.Number, one.Case.Draft.Proposals }), by))
            .Then(TellAuthors.EffectOf(cycle, pending));
        foreach (var one in pending)
        {
            change.Put(PublicationStore.RowOf(one.Number), new PublishedCommitment(one.Number, one.Case.Current.Number, now));
        }
        await ledger.CommitAsync(change, cancel);
        return pending.Count;
    }
}

/// <summary>One mail for each author, of all the commitments to which the proposals led.</summary>
public sealed class TellAuthors(ProposalStore proposals, CurrentCycle cycles, Ledger ledger) : IEffectHandler
{
    private const string EffectKind = "tell-authors";
    private const int MailsPerTransaction = 90;

    public string Kind => EffectKind;

    internal static Effect EffectOf(Cycle cycle, IReadOnlyList<ConsolidatedCommitment> presented) => Effect.Of(
        EffectKind, $"{EffectKind}!{cycle.Id}!{Editing.SeenOf(presented.Select(one => (one.Number, one.Case.Current.Number).ToString()).ToList())}",
        new Presented([.. presented.Select(one => new PresentedCommitment(one.Number, one.Case.Draft.Title, one.Case.Draft.Proposals))]));

    public async Task<EffectOutcome> HandleAsync(Effect effect, CancellationToken cancel)
    {
        var presented = effect.Payload.Deserialize<Presented>(Json.Options)!.Commitments;
        var cycle = await cycles.GetAsync(cancel);
        var all = new AllProposals(await proposals.ListAsync(cycle, cancel));
        var mails = presented
            .SelectMany(commitment => Behind(commitment.Proposals, all).Select(proposal => (Commitment: commitment, Proposal: proposal)))
            .Where(one => one.Proposal.Content.Author.Email is not null)
            .GroupBy(one => one.Proposal.Content.Author.Email!, StringComparer.OrdinalIgnoreCase)
            .Select(author => MailEffect.Send(
                $"presented!{effect.Identity}!{Editing.SeenOf(author.Key.ToUpperInvariant())}", PresentedMail.Name, author.Key, author.First().Proposal.Language,
                new PresentedMail.Model([.. author.Select(one => new PresentedMail.Line(one.Commitment.Number, one.Commitment.Title, one.Proposal.Code, one.Proposal.Content.Title))])));
        foreach (var some in mails.Chunk(MailsPerTransaction))
        {
            await ledger.CommitAsync(new Change(Tables.Commitments, $"{CommitmentStore.PartitionOf(cycle)}!authors").Then(some), cancel);
        }
        return EffectOutcome.Done;
    }

    /// <summary>The proposals that led to a commitment, and those that were merged into them.</summary>
    public static IEnumerable<Proposal> Behind(IReadOnlyList<string> codes, AllProposals all) => codes.SelectMany(all.With).DistinctBy(proposal => proposal.Code);

    private sealed record Presented(IReadOnlyList<PresentedCommitment> Commitments);

    private sealed record PresentedCommitment(string Number, string Title, IReadOnlyList<string> Proposals);
}

public sealed class PresentedMail(Site site, CurrentCycle cycles, IStringLocalizer<ValidationTexts> texts) : IMailWriter
{
    public const string Name = "commitments-presented";

    public string Template => Name;

    public async Task<MailContent?> WriteAsync(JsonElement model, CancellationToken cancel)
    {
        var lines = model.Deserialize<Model>(Json.Options)!.Lines;
        var cycle = await cycles.GetAsync(cancel);
        return new MailContent(texts["PresentedSubject"],
        [
            new MailPart.Heading(texts["PresentedTitle"]),
            new MailPart.Paragraph(texts["PresentedText", cycle.Name]),
            new MailPart.Items([.. lines.Select(line => texts["PresentedLine", line.ProposalTitle, line.Proposal, line.Number, line.Title].Value)]),
            .. lines.DistinctBy(line => line.Number).Take(5).Select(line => new MailPart.Button(texts["PresentedSee", line.Number], site.Address(cycle.AddressOf($"/commitments/{line.Number}")))),
        ]);
    }

    internal sealed record Line(string Number, string Title, string Proposal, string ProposalTitle);

    internal sealed record Model(IReadOnlyList<Line> Lines);
}

/// <summary>Each commitment of the plan was presented.</summary>
public sealed class CommitmentsPresented(PublishCommitments publish, IStringLocalizer<ValidationTexts> texts) : IActivityCheck
{
    public string Activity => ActivityKeys.Presented;

    public async Task<IReadOnlyList<Lack>> FindAsync(Cycle cycle, CancellationToken cancel) =>
        (await publish.PendingAsync(cycle, cancel)).Count is > 0 and var pending ? [new Lack(texts["LackPresented", pending], "/staff/commitments", Blocks: true)] : [];
}
