using System.Security.Cryptography;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Imports;
using OpenGov.Functions.Proposals.Channels;
using OpenGov.Functions.Proposals.Similar;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Proposals.Paper;

/// <summary>A batch with each of its rows held against the rules.</summary>
/// <param name="Window">Whether its forms may be registered today.</param>
public sealed record PaperPreview(PaperBatch Batch, Channel Session, PaperDecision Window, IReadOnlyList<CheckedRow> Rows)
{
    public IEnumerable<CheckedRow> In(PaperState state) => Rows.Where(row => row.State == state);

    public bool MayRegister => Window is PaperDecision.InTime or PaperDecision.EnteredAfterClose;
}

/// <summary>What somebody changed of one row on the page.</summary>
public sealed record RowChange(int Number, IReadOnlyDictionary<string, string> Values, bool? Keep);

/// <summary>Batches of a session's paper forms: kept, corrected, and registered as proposals of the citizens who wrote them.</summary>
public sealed class PaperIntake(
    CurrentCycle cycles, ChannelStore channels, BatchStore batches, PaperRegistration registration, ProposalSnapshot snapshot, SimilarProposals similar,
    ProposalKeys keys, SigningKeys signing, TimeProvider clock)
{
    private const int ChangedAtOnce = 40;
    private const int Tries = 5;

    /// <returns>The batch, or why the file has no rows.</returns>
    public async Task<(PaperBatch? Batch, IReadOnlyList<ImportFault> Unreadable)> StageAsync(
        Channel session, ImportFile file, string? name, bool consentDeclared, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var id = Convert.ToHexStringLower(signing.Fingerprint("paper-batch", $"{session.Code}|{Convert.ToHexString(SHA256.HashData(file.Content))}"))[..PaperBatch.IdLength];
        if (await batches.FindAsync(cycle, id, cancel) is not null)
        {
            return ((await ChangeAsync(id, [], consentDeclared, cancel))!.Batch, []);
        }
        var read = PaperFile.Read(file, PaperColumns.OfPaper, cycle);
        if (read.Unreadable.Count > 0 || read.Rows.Count == 0)
        {
            return (null, read.Unreadable.Count > 0 ? read.Unreadable : [ImportFault.File(FaultCodes.Missing, "NoRows")]);
        }
        var batch = new PaperBatch(id, session.Code, name, read.Rows.Count, consentDeclared, clock.GetCurrentInstant(), file.Actor);
        await batches.AddAsync(cycle, batch, read.Rows, cancel);
        return (batch, []);
    }

    /// <summary>Null where there is no such batch.</summary>
    public async Task<PaperPreview?> PreviewAsync(string id, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        return await batches.FindAsync(cycle, id, cancel) is { } stored ? await PreviewAsync(cycle, stored.Record, cancel) : null;
    }

    /// <summary>Keeps what was typed, right or wrong. Of two who change one row the later stands.</summary>
    public async Task<PaperPreview?> ChangeAsync(string id, IReadOnlyList<RowChange> changes, bool declareConsent, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        for (var (from, tries) = (0, 0); from == 0 || from < changes.Count;)
        {
            if (await batches.FindAsync(cycle, id, cancel) is not { } stored || tries++ > changes.Count + Tries)
            {
                return null;
            }
            var byNumber = changes.Skip(from).Take(ChangedAtOnce).ToDictionary(change => change.Number);
            var changed = byNumber.Count == 0 ? [] : (await batches.RowsAsync(cycle, id, cancel)).Where(row => byNumber.ContainsKey(row.Number))
                .Select(row => row.With(byNumber[row.Number].Values, byNumber[row.Number].Keep, cycle)).ToList();
            var batch = stored.Record with { ConsentDeclared = stored.Record.ConsentDeclared || declareConsent };
            if ((changed.Count == 0 && batch == stored.Record)
                || await batches.SaveAsync(cycle, batch, stored.ETag, changed, null, cancel) == CommitResult.Committed)
            {
                from += ChangedAtOnce;
            }
        }
        return await PreviewAsync(id, cancel);
    }

    /// <summary>
    /// Registers the rows that are right; where others are wrong, only if <paramref name="partial"/>. Repeating it, also
    /// after a crash in its midst, completes what is missing.
    /// </summary>
    public async Task<PaperPreview?> RegisterAsync(string id, bool partial, string actor, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        for (var tries = 0; tries < Tries; tries++)
        {
            if (await batches.FindAsync(cycle, id, cancel) is not { } stored)
            {
                return null;
            }
            var preview = await PreviewAsync(cycle, stored.Record, cancel);
            if (!preview.MayRegister || (preview.In(PaperState.Wrong).Any() && !partial))
            {
                return preview;
            }
            var begun = stored.Record with { State = BatchState.Registering };
            if (stored.Record == begun || await batches.SaveAsync(cycle, begun, stored.ETag, [], null, cancel) == CommitResult.Committed)
            {
                await registration.RegisterAsync(cycle, preview, actor, cancel);
                return await PreviewAsync(id, cancel);
            }
        }
        return await PreviewAsync(id, cancel);
    }

    /// <summary>Only what was not registered can be thrown away.</summary>
    public async Task<bool> DiscardAsync(string id, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        if (await batches.FindAsync(cycle, id, cancel) is not { Record: { State: BatchState.Draft, Registered: 0 } })
        {
            return false;
        }
        await batches.DeleteAsync(cycle, id, cancel);
        return true;
    }

    private async Task<PaperPreview> PreviewAsync(Cycle cycle, PaperBatch batch, CancellationToken cancel)
    {
        var session = await channels.FindAsync(batch.Session, cancel) ?? throw new InvalidOperationException("The batch's session is not known.");
        var context = new PaperContext(
            cycle, PaperColumns.OfPaper, batch.ConsentDeclared, row => KeyOf(batch, row), keys,
            (await snapshot.FindAllAsync(new ProposalFilter(), cancel)).ToDictionary(proposal => proposal.Code),
            await similar.DuplicateFinderAsync(cancel));
        var rows = PaperCheck.Run(await batches.RowsAsync(cycle, batch.Id, cancel), context);
        return new PaperPreview(batch, session, PaperWindow.Decide(cycle, session.Date!.Value, clock.GetCurrentInstant()), rows);
    }

    /// <summary>The number on a form is one in its session; a form without a number is a row of its file.</summary>
    private static string KeyOf(PaperBatch batch, PaperRow row) => row.Value(PaperColumns.Reference) is { Length: > 0 } reference
        ? $"paper|{batch.Session}|{PaperCheck.Folded(reference)}"
        : $"paper|{batch.Session}|{batch.Id}|{row.Number}";
}
