using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Proposals.Channels;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Proposals.Paper;

/// <summary>Turns the rows of a batch into proposals, and keeps their codes for the slips.</summary>
public sealed class PaperRegistration(BatchStore batches, ProposalKeys keys, WriteProposals writing, TimeProvider clock)
{
    private const int Tries = 5;

    internal async Task RegisterAsync(Cycle cycle, PaperPreview preview, string actor, CancellationToken cancel)
    {
        var rows = preview.Rows.Where(row => row.State is PaperState.Ready or PaperState.Registered).ToList();
        var now = clock.GetCurrentInstant();
        var written = await writing.WriteAsync(cycle, [.. rows.Select(row => new NewProposal(row.Key, Proposal(row, preview, cycle, now, actor)))], actor, cancel);
        await batches.PutCodesAsync(cycle, preview.Batch.Id,
            [.. rows.Zip(written).Select(pair => new RegisteredRow(pair.First.Row.Number, NullIfEmpty(pair.First.Row.Value(PaperColumns.Reference)), pair.Second.Code, pair.Second.Content.Title))], cancel);
        var state = preview.In(PaperState.Wrong).Any() ? BatchState.Draft : BatchState.Registered;
        var @event = preview.In(PaperState.Ready).Any()
            ? OfficialEvent.Of("paper-forms-registered", preview.Session.Code, new { Batch = preview.Batch.Id, Proposals = rows.Count, LeftOut = preview.In(PaperState.LeftOut).Count() }, actor)
            : null;
        for (var tries = 0; tries < Tries && await batches.FindAsync(cycle, preview.Batch.Id, cancel) is { } stored; tries++)
        {
            if (await batches.SaveAsync(cycle, stored.Record with { State = state, Registered = rows.Count }, stored.ETag, [], @event, cancel) == CommitResult.Committed)
            {
                return;
            }
        }
    }

    /// <summary>For an import by the API, where each row says its session or none.</summary>
    internal Task<IReadOnlyList<Proposal>> WriteAsync(Cycle cycle, IReadOnlyList<NewProposal> wanted, string actor, CancellationToken cancel) =>
        writing.WriteAsync(cycle, wanted, actor, cancel);

    private Proposal Proposal(CheckedRow row, PaperPreview preview, Cycle cycle, Instant now, string actor) => OnPaper(
        row, preview.Session, cycle, now, preview.Window,
        row.Row.Value(PaperColumns.Consent).Length > 0 ? $"signed form, entered by {actor}" : $"declared for batch {preview.Batch.Id} by {actor}", keys);

    /// <summary>Received when it was handed in: a paper form has a day and no hour.</summary>
    internal static Proposal OnPaper(CheckedRow row, Channel session, Cycle cycle, Instant now, PaperDecision window, string evidence, ProposalKeys keys)
    {
        var input = row.Input!.Cleaned() with { Channel = Choices.Session };
        // A form that names no province is of the place where it was handed in.
        var content = input.Content() is { Territory: null } ofSession ? ofSession with { Territory = session.Territory } : input.Content();
        var handedIn = cycle.StartOf(session.Date!.Value);
        return new Proposal(
            "", cycle.Id, content, new Consent(Consent.PaperText, handedIn, evidence), Web.Language.Known(input.Language), handedIn, AfterClose: false,
            keys.FingerprintOf(row.Key, row.Input.Cleaned()))
        {
            Via = session.Code,
            Paper = new PaperForm(
                session.Code, session.Name, NullIfEmpty(row.Row.Value(PaperColumns.Reference)), session.Date.Value, now, window == PaperDecision.EnteredAfterClose),
        };
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
