using System.Globalization;
using NodaTime;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Imports;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Proposals.Channels;
using OpenGov.Functions.Proposals.Moderation;
using OpenGov.Functions.Proposals.Similar;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Intake;

/// <param name="Page">From 1.</param>
public sealed record ProposalsModel(
    Cycle Cycle, ProposalFilter Filter, int Page, IReadOnlyList<Proposal> Found, IReadOnlyList<Channel> Channels, IReadOnlyDictionary<string, int> Counts)
{
    public const int PageSize = 50;

    public int Pages => Math.Max(1, (Found.Count + PageSize - 1) / PageSize);

    public IEnumerable<Proposal> Shown => Found.Skip((Page - 1) * PageSize).Take(PageSize);
}

/// <param name="AsRead">The version of the row that is shown.</param>
/// <param name="Standing">Itself, or the one that stands for it.</param>
/// <param name="Absorbed">Those that were merged into it.</param>
public sealed record ProposalModel(
    Cycle Cycle, Proposal Proposal, string AsRead, Proposal Standing, IReadOnlyList<Proposal> Absorbed, IReadOnlyList<SimilarProposal> Similar, Channel? Channel)
{
    public ModerationRequest? Typed { get; init; }

    /// <summary>Names the text that says why nothing was done.</summary>
    public string? Refusal { get; init; }

    public bool ChangedMeanwhile { get; init; }
}

public sealed class ProposalDesk(ProposalStore store, ProposalSnapshot snapshot, SimilarProposals similar, ChannelStore channels, CurrentCycle cycles, Site site)
{
    private const int MostSimilar = 8;

    private static readonly string[] Columns =
        ["código", "estado", "recibida", "medio", "canal", "formulario", "territorio", "institución", "temática", "por qué es importante", "idea", "organización", "sector", "unida a", "dirección"];

    private static readonly string[] Personal = ["nombre", "publicar nombre", "correo", "teléfono", "idioma"];

    public static ProposalFilter FilterOf(HttpRequest request) => new(
        request.Query["status"].FirstOrDefault(), Territory: request.Query["territory"].FirstOrDefault(), Query: request.Query["q"].FirstOrDefault(),
        Channel: request.Query["channel"].FirstOrDefault());

    public async Task<ProposalsModel> ModelAsync(HttpRequest request, CancellationToken cancel)
    {
        var filter = FilterOf(request);
        var found = await snapshot.FindAllAsync(filter, cancel);
        var page = int.TryParse(request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked is > 0 and < 1_000_000 ? asked : 1;
        return new ProposalsModel(
            await cycles.GetAsync(cancel), filter, page, found, await channels.ListAsync(cancel),
            (await snapshot.FindAllAsync(new ProposalFilter(), cancel)).CountBy(proposal => proposal.PublicStatus).ToDictionary());
    }

    /// <summary>Null where there is none.</summary>
    public async Task<ProposalModel?> ModelAsync(string code, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        return ProposalCode.Read(code) is { } known && await store.FindStoredAsync(cycle, known, cancel) is { } stored
            ? new ProposalModel(
                cycle, stored.Record, stored.ETag.ToString(), await MergeChain.EndAsync(stored.Record, other => store.FindAsync(cycle, other, cancel)),
                [.. (await snapshot.FindAllAsync(new ProposalFilter(Statuses.Merged), cancel)).Where(other => other.Merged?.Into == known)],
                await similar.FindAsync(stored.Record, MostSimilar, cancel), await channels.FindAsync(stored.Record.Via, cancel))
            : null;
    }

    /// <param name="withPeople">Names and addresses too.</param>
    public byte[] Export(IEnumerable<Proposal> proposals, Cycle cycle, bool withPeople) => SafeCsv.Write(
        withPeople ? Columns.Concat(Personal) : Columns,
        proposals.Select(proposal => Row(proposal, cycle).Concat(withPeople ? PersonalRow(proposal) : [])));

    private IEnumerable<string?> Row(Proposal proposal, Cycle cycle) =>
    [
        proposal.Code, proposal.PublicStatus, ProposalView.WholeSeconds(proposal.ReceivedAt, cycle).ToString("uuuu-MM-dd'T'HH:mm:sso<g>", CultureInfo.InvariantCulture),
        proposal.Content.Channel, proposal.Via, proposal.Paper?.Reference, proposal.Content.Territory, proposal.Content.Institution, proposal.Content.Title,
        proposal.Content.Problem, proposal.Content.Idea, proposal.Content.Author.Organization, proposal.Content.Author.Sector, proposal.Merged?.Into,
        ProposalView.AddressOf(proposal.Code, site),
    ];

    private static IEnumerable<string?> PersonalRow(Proposal proposal) =>
    [
        proposal.Content.Author.Name, proposal.Content.Author.PublicName ? "sí" : "no", proposal.Content.Author.Email, proposal.Content.Author.Phone, proposal.Language,
    ];
}
