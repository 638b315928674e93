using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Staff.Lists;

namespace OpenGov.Functions.Staff.Offices;

/// <summary>A change as typed.</summary>
public sealed record TypedChange(string Act, string? Title, string? Name, bool Acting, string? Mailbox, string? Secretariat, string? From, string? Seen);

/// <param name="Open">Its notas that are neither annulled nor closed.</param>
public sealed record OfficePageModel(Institution Institution, IReadOnlyList<OfficialRequest> Open, LocalDate Today)
{
    public TypedChange? Typed { get; init; }

    public OfficeChanging? Outcome { get; init; }

    public bool IsDone { get; init; }
}

public sealed class OfficeDesk(
    InstitutionStore institutions, RequestStore requests, ChangeOffice change, CurrentCycle cycles, TimeProvider clock, IStringLocalizer<OfficeTexts> texts) : IStaffList
{
    public string Name => "institutions";

    public async Task<ListView<OfficePageModel>> ViewAsync(ListQuery asked, CancellationToken cancel) => ListView.Of(Shape, await ReadAsync(cancel), asked);

    async Task<ListView> IStaffList.ReadAsync(ListQuery asked, CancellationToken cancel) => await ViewAsync(asked, cancel);

    public async Task<OfficePageModel?> FindAsync(string code, CancellationToken cancel) =>
        (await ReadAsync(cancel)).FirstOrDefault(office => office.Institution.Code == code);

    public Task<OfficeChanging>? ChangeAsync(string code, TypedChange typed, string by, CancellationToken cancel) => typed.Act switch
    {
        "announce" => change.AnnounceAsync(
            code, NodaTime.Text.LocalDatePattern.Iso.Parse(typed.From?.Trim() ?? "") is { Success: true, Value: var from } ? from : null, typed.Name, typed.Seen, by, cancel),
        "withdraw" => change.WithdrawAsync(code, typed.Seen, by, cancel),
        "holder" => change.SucceedAsync(code, typed.Title, typed.Name, typed.Acting, typed.Mailbox, typed.Seen, by, cancel),
        "mailbox" => change.ReaddressAsync(code, typed.Mailbox, typed.Secretariat, typed.Seen, by, cancel),
        _ => null,
    };

    // Its columns are called as those of the import: the spreadsheet comes back with what changed in it.
    private ListShape<OfficePageModel> Shape => new(
        Name, "/staff/institutions",
        one => $"{one.Institution.Code} {one.Institution.Name} {one.Institution.Office.Title} {one.Institution.Office.Holder}",
        [
            new("holder", [("announced", texts["AnnouncedTag"]), ("acting", texts["Acting"]), ("unknown", texts["HolderUnknownTag"])],
                one =>
                [
                    one.Institution.Announced is null ? null : "announced",
                    one.Institution.Office.Acting ? "acting" : null,
                    one.Institution.Office.Holder is null ? "unknown" : null,
                ]),
            new("notas", [("open", texts["WithOpenNotas"]), ("none", texts["WithoutOpenNotas"])], one => one.Open.Count > 0 ? "open" : "none"),
        ],
        [
            ListOrder.ByWords("name", (OfficePageModel one) => one.Institution.Name),
            ListOrder.ByWords("code", (OfficePageModel one) => one.Institution.Code),
            ListOrder.Down("notas", (OfficePageModel one) => one.Open.Count),
        ],
        [
            new("code", one => one.Institution.Code),
            new("name", one => one.Institution.Name),
            new("authority-title", one => one.Institution.Office.Title),
            new("holder", one => one.Institution.Office.Holder),
            new("acting", one => texts[one.Institution.Office.Acting ? "Yes" : "No"]),
            new("notas", one => one.Open.Count.ToString(CultureInfo.InvariantCulture)),
            new("office-mailbox", one => one.Institution.Office.Mailbox, IsPersonal: true),
            new("secretariat", one => one.Institution.SecretariatMailbox, IsPersonal: true),
        ]);

    private async Task<IReadOnlyList<OfficePageModel>> ReadAsync(CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var now = clock.GetCurrentInstant();
        var open = (await requests.ListAsync(cycle.Id, cancel)).Select(answered => answered.Request)
            .Where(request => request.PhaseAt(now, cycle) is not (RequestPhase.Annulled or RequestPhase.Closed))
            .ToLookup(request => request.Institution);
        return [.. (await institutions.ListAsync(cycle, cancel)).Select(institution => new OfficePageModel(institution, [.. open[institution.Code]], cycle.DateOf(now)))];
    }
}
