using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using NodaTime.Text;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Imports;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Proposals.Channels;
using OpenGov.Functions.Proposals.Paper;
using OpenGov.Functions.Staff.Lists;

namespace OpenGov.Functions.Staff.Intake;

/// <summary>What the clerk sees first: a form for a new batch, as it was typed, and the batches that are there.</summary>
public sealed record IntakeModel(Cycle Cycle, IReadOnlyList<Channel> Sessions, ListView<PaperBatch> List)
{
    public string? Session { get; init; }

    public ChannelInput Typed { get; init; } = new(null, Choices.Session);

    public string? Pasted { get; init; }

    public bool ConsentDeclared { get; init; }

    /// <summary>The name of a text by field.</summary>
    public IReadOnlyDictionary<string, string> Faults { get; init; } = new Dictionary<string, string>();

    /// <summary>Why the file has no rows.</summary>
    public IReadOnlyList<ImportError> Unreadable { get; init; } = [];

    public bool HasErrors => Faults.Count + Unreadable.Count > 0;
}

/// <param name="Errors">By row.</param>
public sealed record BatchModel(Cycle Cycle, PaperPreview Preview, ILookup<int, ImportError> Errors)
{
    /// <summary>How many rows are shown at once; the others follow when these are done.</summary>
    public const int MostShown = 40;

    public IReadOnlyList<CheckedRow> Wrong { get; } = [.. Preview.In(PaperState.Wrong)];

    /// <summary>Rows about which there is something to decide.</summary>
    public IReadOnlyList<CheckedRow> Doubtful { get; } =
        [.. Preview.Rows.Where(row => row.State is PaperState.Ready or PaperState.LeftOut && (row.Duplicate is not null || row.State == PaperState.LeftOut))];

    public int Ready { get; } = Preview.In(PaperState.Ready).Count();

    public int Registered { get; } = Preview.In(PaperState.Registered).Count();

    public int LeftOut { get; } = Preview.In(PaperState.LeftOut).Count();

    public bool LacksConsent => !Preview.Batch.ConsentDeclared && Errors.SelectMany(errors => errors).Any(error => error.Field == PaperColumns.Consent);
}

/// <summary>Reads the batches' forms and puts faults into words.</summary>
public sealed partial class IntakeDesk(
    CurrentCycle cycles, ChannelStore channels, BatchStore batches, ImportMessages messages, IStringLocalizer<ProposalTexts> labels, IStringLocalizer<IntakeTexts> texts) : IStaffList
{
    public string Name => "batches";

    public async Task<IntakeModel> ModelAsync(ListQuery asked, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var sessions = (await channels.ListAsync(cancel)).Where(channel => channel.Date is not null).ToList();
        return new IntakeModel(cycle, sessions, ListView.Of(ShapeOf(cycle, sessions.ToDictionary(session => session.Code)), await batches.ListAsync(cycle, cancel), asked));
    }

    async Task<ListView> IStaffList.ReadAsync(ListQuery asked, CancellationToken cancel) => (await ModelAsync(asked, cancel)).List;

    private ListShape<PaperBatch> ShapeOf(Cycle cycle, Dictionary<string, Channel> sessions)
    {
        return new ListShape<PaperBatch>(
            Name, "/staff/intake",
            batch => $"{SessionOf(batch)} {batch.Session} {batch.File}",
            [new("state", [.. Enum.GetValues<BatchState>().Select(state => ($"{state}", texts[$"Batches-{state}"].Value))], batch => $"{batch.State}")],
            [new("newest"), ListOrder.By("oldest", (PaperBatch batch) => batch.CreatedAt), ListOrder.ByWords("session", (PaperBatch batch) => SessionOf(batch))],
            [
                new("session", SessionOf),
                new("day", batch => sessions.GetValueOrDefault(batch.Session)?.Date is { } date ? LocalDatePattern.Iso.Format(date) : null),
                new("file", batch => batch.File),
                new("entered", batch => LocalDatePattern.Iso.Format(cycle.DateOf(batch.CreatedAt))),
                new("rows", batch => batch.Rows.ToString(CultureInfo.InvariantCulture)),
                new("registered", batch => batch.Registered.ToString(CultureInfo.InvariantCulture)),
                new("state", batch => texts[$"Batches-{batch.State}"]),
            ]);

        string SessionOf(PaperBatch batch) => sessions.GetValueOrDefault(batch.Session)?.Name ?? batch.Session;
    }

    public async Task<BatchModel> ModelAsync(PaperPreview preview, CancellationToken cancel) => new(
        await cycles.GetAsync(cancel), preview, Words([.. preview.Rows.SelectMany(row => row.Faults)]).ToLookup(error => error.Row));

    public IReadOnlyList<ImportError> Words(IReadOnlyList<ImportFault> faults) => messages.Answer(0, faults, labels).Errors;

    /// <summary>Fields named "row[12].title"; a row that is told to be kept or left out by "row[12].keep".</summary>
    public static IReadOnlyList<RowChange> ChangesOf(IFormCollection form) =>
    [
        .. form.Select(field => (Name: FieldName().Match(field.Key), Value: field.Value.ToString())).Where(field => field.Name.Success)
            .GroupBy(field => int.Parse(field.Name.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
            .Select(row => new RowChange(
                row.Key,
                row.Where(field => PaperColumns.OfPaper.Any(column => column.Name == field.Name.Groups[2].Value))
                    .ToDictionary(field => field.Name.Groups[2].Value, field => field.Value),
                row.FirstOrDefault(field => field.Name.Groups[2].Value == "keep").Value switch { "yes" => true, "no" => false, _ => null })),
    ];

    [GeneratedRegex(@"^row\[(\d{1,6})\]\.([A-Za-z]{1,20})\z")]
    private static partial Regex FieldName();
}
