using System.Globalization;
using NodaTime;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Imports;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Proposals.Channels;
using OpenGov.Functions.Proposals.Moderation;
using OpenGov.Functions.Proposals.Similar;
using OpenGov.Functions.Themes;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Intake;

/// <param name="Page">From 1.</param>
public sealed record ProposalsModel(
    Cycle Cycle, ProposalFilter Filter, int Page, IReadOnlyList<Proposal> Found, IReadOnlyList<Channel> Channels, IReadOnlyDictionary<string, int> Counts)
{
    public const int PageSize = 50;

    public required IReadOnlyList<Theme> Themes { get; init; }

    /// <summary>One of <see cref="ProposalDesk.Sorts"/>.</summary>
    public required string Sort { get; init; }

    /// <summary>How many were just sorted; null where none was.</summary>
    public int? Sorted { get; init; }

    /// <summary>Names the text that says why nothing was sorted.</summary>
    public string? SortFault { get; init; }

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

    public TypedAnswer? TypedAnswer { get; init; }

    public IReadOnlyList<Fault> AnswerFaults { get; init; } = [];

    public Theme? Theme { get; init; }
}

/// <summary>A response as typed.</summary>
public sealed record TypedAnswer(string Outcome, string Reasons);

public sealed class ProposalDesk(ProposalStore store, ProposalSnapshot snapshot, SimilarProposals similar, ChannelStore channels, ThemeStore themes, CurrentCycle cycles, Site site)
{
    private const int MostSimilar = 8;
    private static readonly StringComparer ByWord = StringComparer.Create(CultureInfo.GetCultureInfo("es-PA"), ignoreCase: true);

    private static readonly string[] Columns =
        ["código", "estado", "recibida", "medio", "canal", "formulario", "territorio", "institución", "temática", "por qué es importante", "idea", "organización", "sector", "unida a", "clasificada en", "respuesta", "razones", "dirección"];

    private static readonly string[] Personal = ["nombre", "publicar nombre", "correo", "teléfono", "idioma"];

    /// <summary>The usual order first.</summary>
    public static IReadOnlyList<string> Sorts { get; } = ["newest", "oldest", "title", "theme"];

    public static ProposalFilter FilterOf(HttpRequest request) => new(
        request.Query["status"].FirstOrDefault(), Territory: request.Query["territory"].FirstOrDefault(), Query: request.Query["q"].FirstOrDefault(),
        Channel: request.Query["channel"].FirstOrDefault(), Theme: request.Query["theme"].FirstOrDefault(), Unanswered: request.Query["answered"] == "no");

    public async Task<ProposalsModel> ModelAsync(HttpRequest request, CancellationToken cancel)
    {
        var filter = FilterOf(request);
        var sort = request.Query["sort"].FirstOrDefault() is { } chosen && Sorts.Contains(chosen) ? chosen : Sorts[0];
        var found = Sorted(await snapshot.FindAllAsync(filter, cancel), sort);
        var page = int.TryParse(request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked is > 0 and < 1_000_000 ? asked : 1;
        var cycle = await cycles.GetAsync(cancel);
        return new ProposalsModel(
            cycle, filter, page, found, await channels.ListAsync(cancel),
            (await snapshot.FindAllAsync(new ProposalFilter(), cancel)).CountBy(proposal => proposal.PublicStatus).ToDictionary())
        {
            Themes = await themes.ListAsync(cycle, cancel),
            Sort = sort,
            Sorted = int.TryParse(request.Query["sorted"], NumberStyles.None, CultureInfo.InvariantCulture, out var sorted) ? sorted : null,
        };
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
            {
                Theme = stored.Record.Theme is { } theme ? (await themes.FindAsync(cycle, theme, cancel))?.Record : null,
            }
            : null;
    }

    /// <param name="withPeople">Names and addresses too.</param>
    public byte[] Export(IEnumerable<Proposal> proposals, Cycle cycle, bool withPeople) => SafeCsv.Write(
        withPeople ? Columns.Concat(Personal) : Columns,
        proposals.Select(proposal => Row(proposal, cycle).Concat(withPeople ? PersonalRow(proposal) : [])));

    /// <param name="found">The newest first.</param>
    private static IReadOnlyList<Proposal> Sorted(IReadOnlyList<Proposal> found, string sort) => sort switch
    {
        "oldest" => [.. found.Reverse()],
        "title" => [.. found.OrderBy(proposal => proposal.Content.Title, ByWord)],
        "theme" => [.. found.OrderBy(proposal => proposal.Theme is null).ThenBy(proposal => proposal.Theme, StringComparer.Ordinal)],
        _ => found,
    };

    private IEnumerable<string?> Row(Proposal proposal, Cycle cycle) =>
    [
        proposal.Code, proposal.PublicStatus, ProposalView.WholeSeconds(proposal.ReceivedAt, cycle).ToString("uuuu-MM-dd'T'HH:mm:sso<g>", CultureInfo.InvariantCulture),
        proposal.Content.Channel, proposal.Via, proposal.Paper?.Reference, proposal.Content.Territory, proposal.Content.Institution, proposal.Content.Title,
        proposal.Content.Problem, proposal.Content.Idea, proposal.Content.Author.Organization, proposal.Content.Author.Sector, proposal.Merged?.Into, proposal.Theme, proposal.Response?.Outcome, proposal.Response?.Reasons,
        ProposalView.AddressOf(proposal.Code, site),
    ];

    private static IEnumerable<string?> PersonalRow(Proposal proposal) =>
    [
        proposal.Content.Author.Name, proposal.Content.Author.PublicName ? "sí" : "no", proposal.Content.Author.Email, proposal.Content.Author.Phone, proposal.Language,
    ];
}
