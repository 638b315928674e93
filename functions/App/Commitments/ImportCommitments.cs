using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Imports;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Commitments;

/// <summary>Takes the tables' commitments over from a file. A row is the whole record: what it leaves empty is empty afterwards.</summary>
public sealed class ImportCommitments(
    CurrentCycle cycles, InstitutionStore institutions, ProposalStore proposals, ImportRun run,
    IStringLocalizer<CommitmentTexts> labels) : IImport
{
    private const int LookUpsAtOnce = 16;

    public async Task<ImportResult> RunAsync(ImportFile file, CancellationToken cancel) =>
        await run.StoreAsync(await ReadAsync(file, cancel), labels, cancel);

    public async Task<ImportPreview> PreviewAsync(ImportFile file, CancellationToken cancel) =>
        await run.PreviewAsync(await ReadAsync(file, cancel), labels, cancel);

    private async Task<ImportedRows<CommitmentProposal>> ReadAsync(ImportFile file, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var read = ImportTable.Read(file, CommitmentColumns.All);
        var known = (await institutions.ListAsync(cycle, cancel)).Select(institution => institution.Code).ToHashSet();
        var existing = await ExistingAsync(cycle, CommitmentColumns.ProposalsNamed(read.Rows), cancel);
        var table = read.With(read.Rows.SelectMany(row => CommitmentColumns.Faults(row, known, existing)));
        var place = new ImportPlace<CommitmentProposal>(
            Tables.Commitments, CommitmentStore.PartitionOf(cycle), CommitmentStore.RowPrefix,
            commitment => commitment.Number,
            (commitment, before) => EventOf(commitment, before, file.Actor))
        {
            Values = CommitmentColumns.Values,
            TwinBy = CommitmentColumns.Title,
            // A file does not speak of the table that drafted it.
            Onto = (row, before) => row with { Table = before.Table },
        };
        return table.As(place, file.Partial, CommitmentColumns.Commitment);
    }

    private async Task<IReadOnlySet<string>> ExistingAsync(Cycle cycle, IReadOnlySet<string> codes, CancellationToken cancel)
    {
        var existing = new ConcurrentBag<string>();
        var few = new ParallelOptions { MaxDegreeOfParallelism = LookUpsAtOnce, CancellationToken = cancel };
        await Parallel.ForEachAsync(codes, few, async (code, token) =>
        {
            if (await proposals.FindAsync(cycle, code, token) is not null)
            {
                existing.Add(code);
            }
        });
        return existing.ToHashSet();
    }

    /// <summary>The text itself is there by its hash: the nota that goes out records it whole.</summary>
    private static OfficialEvent EventOf(CommitmentProposal now, CommitmentProposal? before, string actor) => OfficialEvent.Of(
        "commitment-imported", now.Number,
        new
        {
            now.Title,
            now.Theme,
            TextSha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(now.Text))),
            now.Lead,
            now.Supporting,
            now.Proposals,
            now.Continued,
            IsNew = before is null,
        },
        actor);
}
