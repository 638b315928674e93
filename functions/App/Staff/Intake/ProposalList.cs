using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Proposals.Channels;
using OpenGov.Functions.Staff.Lists;
using OpenGov.Functions.Themes;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Intake;

public sealed record ProposalsModel(Cycle Cycle, ListView<Proposal> List, IReadOnlyList<Channel> Channels, IReadOnlyList<Theme> Themes)
{
    /// <summary>How many were just sorted; null where none was.</summary>
    public int? Sorted { get; init; }

    /// <summary>Names the text that says why nothing was sorted.</summary>
    public string? SortFault { get; init; }
}

/// <summary>Every proposal of the cycle, hidden and merged ones too.</summary>
public sealed class ProposalList(
    ProposalSnapshot snapshot, ChannelStore channels, ThemeStore themes, CurrentCycle cycles, Site site, IStringLocalizer<IntakeTexts> texts, IStringLocalizer<ProposalTexts> labels) : IStaffList
{
    /// <summary>Of the filter by answer: those that wait for one.</summary>
    public const string Unanswered = "no";

    public string Name => "proposals";

    /// <summary>A code is found however it was typed.</summary>
    public async Task<ProposalsModel> ModelAsync(ListQuery asked, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var (known, candidates) = (await channels.ListAsync(cancel), await themes.ListAsync(cycle, cancel));
        var all = await snapshot.FindAllAsync(new ProposalFilter(), cancel);
        var code = ProposalCode.Read(asked[ListQuery.Words]);
        return new ProposalsModel(
            cycle, ListView.Of(ShapeOf(cycle, known, candidates), all, code is null ? asked : asked.With(ListQuery.Words, code)), known, candidates);
    }

    async Task<ListView> IStaffList.ReadAsync(ListQuery asked, CancellationToken cancel) => (await ModelAsync(asked, cancel)).List;

    private ListShape<Proposal> ShapeOf(Cycle cycle, IReadOnlyList<Channel> known, IReadOnlyList<Theme> candidates) => new(
        Name, "/staff/proposals",
        proposal => $"{proposal.Code} {proposal.Content.Title} {proposal.Content.Problem} {proposal.Content.Idea}",
        [
            new("status", [.. Statuses.All.Select(status => (status, labels["Status-" + status].Value))], proposal => proposal.PublicStatus),
            new("channel", [.. Choices.Channels.Select(kind => (kind, texts["Kind-" + kind].Value)), .. known.Select(channel => (channel.Code, channel.Name))],
                proposal => [proposal.Content.Channel, proposal.Via]),
            new("territory", [.. cycle.Territories.Select(territory => (territory.Code, territory.Name.ToString()))], proposal => proposal.Content.Territory),
            new("theme", [(ProposalFilter.NoTheme, texts["NoTheme"]), .. candidates.Select(theme => (theme.Code, theme.Name))], proposal => proposal.Theme ?? ProposalFilter.NoTheme),
            new("answered", [(Unanswered, texts["NoAnswer"])], proposal => proposal is { Response: null, Hidden: null } ? Unanswered : null),
        ],
        [
            new("newest"),
            ListOrder.By("oldest", (Proposal proposal) => proposal.ReceivedAt),
            ListOrder.ByWords("title", (Proposal proposal) => proposal.Content.Title),
            ListOrder.By("theme", (Proposal proposal) => (proposal.Theme is null, proposal.Theme)),
        ],
        [
            new("code", proposal => proposal.Code),
            new("status", proposal => proposal.PublicStatus),
            new("received", proposal => ProposalView.WholeSeconds(proposal.ReceivedAt, cycle).ToString("uuuu-MM-dd'T'HH:mm:sso<g>", CultureInfo.InvariantCulture)),
            new("medium", proposal => proposal.Content.Channel),
            new("channel", proposal => proposal.Via),
            new("form", proposal => proposal.Paper?.Reference),
            new("territory", proposal => proposal.Content.Territory),
            new("institution", proposal => proposal.Content.Institution),
            new("proposed", proposal => proposal.Content.Title),
            new("problem", proposal => proposal.Content.Problem),
            new("idea", proposal => proposal.Content.Idea),
            new("organization", proposal => proposal.Content.Author.Organization),
            new("sector", proposal => proposal.Content.Author.Sector),
            new("merged", proposal => proposal.Merged?.Into),
            new("sorted", proposal => proposal.Theme),
            new("answer", proposal => proposal.Response?.Outcome),
            new("reasons", proposal => proposal.Response?.Reasons),
            new("address", proposal => ProposalView.AddressOf(proposal.Code, site)),
            new("name", proposal => proposal.Content.Author.Name, IsPersonal: true),
            new("public-name", proposal => texts[proposal.Content.Author.PublicName ? "Yes" : "No"], IsPersonal: true),
            new("mailbox", proposal => proposal.Content.Author.Email, IsPersonal: true),
            new("phone", proposal => proposal.Content.Author.Phone, IsPersonal: true),
            new("language", proposal => proposal.Language, IsPersonal: true),
        ]);
}
