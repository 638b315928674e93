using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Imports;
using OpenGov.Functions.Proposals.Channels;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Proposals.Paper;

/// <summary>
/// Takes proposals over from a file, all at once. A row with a session is a paper form of that session; one without is
/// received now, as if it had been sent.
/// </summary>
public sealed class ImportProposals(
    CurrentCycle cycles, ChannelStore channels, PaperRegistration registration, ProposalSnapshot snapshot, ProposalKeys keys, ImportMessages messages,
    TimeProvider clock, IStringLocalizer<ProposalTexts> labels, IStringLocalizer<ImportTexts> texts) : IImport
{
    public async Task<ImportResult> RunAsync(ImportFile file, CancellationToken cancel)
    {
        var (cycle, now) = (await cycles.GetAsync(cancel), clock.GetCurrentInstant());
        var read = await ReadAsync(file, cycle, now, cancel);
        await registration.WriteAsync(cycle, [.. read.Good.Select(row => new NewProposal(row.Key, Proposal(row, read.Sessions, cycle, now, file.Actor)))], file.Actor, cancel);
        return messages.Answer(read.Good.Count, read.Faults, labels);
    }

    public async Task<ImportPreview> PreviewAsync(ImportFile file, CancellationToken cancel)
    {
        var read = await ReadAsync(file, await cycles.GetAsync(cancel), clock.GetCurrentInstant(), cancel);
        return new ImportPreview(
            [.. read.Good.Select(row => new RowPreview(
                row.Row.Number, row.There?.Code ?? "", row.Input!.Title!, row.State == PaperState.Registered ? RowOutcome.Same : RowOutcome.New)
            {
                Twin = row.Duplicate is { Row: { } other } ? texts["TwinRow", other].Value : null,
            })],
            read.Received - read.Good.Count(row => row.State == PaperState.Registered), messages.Answer(0, read.Faults, labels).Errors);
    }

    private async Task<Read> ReadAsync(ImportFile file, Cycle cycle, Instant now, CancellationToken cancel)
    {
        var read = PaperFile.Read(file, PaperColumns.OfImport, cycle);
        var received = (await snapshot.FindAllAsync(new ProposalFilter(), cancel)).ToDictionary(proposal => proposal.Code);
        var sessions = (await channels.ListAsync(cancel)).Where(channel => channel.Date is not null).ToDictionary(channel => channel.Code);
        if (read.Unreadable.Count > 0)
        {
            return new Read([], read.Unreadable, sessions, received.Count);
        }
        var context = new PaperContext(cycle, PaperColumns.OfImport, ConsentDeclared: false, KeyOf, keys, received, (_, _) => null);
        var rows = PaperCheck.Run(read.Rows, context);
        var faults = rows.SelectMany(row => row.Faults.Concat(FaultsOf(row, sessions, cycle, now))).ToList();
        var wrong = faults.Select(fault => fault.Row).ToHashSet();
        return new Read(faults.Count > 0 && !file.Partial ? [] : [.. rows.Where(row => !wrong.Contains(row.Row.Number))], faults, sessions, received.Count);
    }

    private static IEnumerable<ImportFault> FaultsOf(CheckedRow row, Dictionary<string, Channel> sessions, Cycle cycle, Instant now)
    {
        if (row.Duplicate is { Identical: true, Row: { } first } && row.State == PaperState.LeftOut)
        {
            yield return new ImportFault(row.Row.Number, ImportFault.OfTheRow, FaultCodes.Duplicate, "SameAsRow", first);
        }
        if (row.Row.Value(PaperColumns.Session) is not { Length: > 0 } code)
        {
            if (row.State != PaperState.Registered && CallWindow.Decide(cycle, now) != CallDecision.Open)
            {
                yield return new ImportFault(row.Row.Number, ImportFault.OfTheRow, FaultCodes.OutsideWindow, "CallNotOpen");
            }
        }
        else if (!sessions.TryGetValue(code, out var session))
        {
            yield return new ImportFault(row.Row.Number, PaperColumns.Session, FaultCodes.UnknownSession, "UnknownSession");
        }
        else if (row.State != PaperState.Registered && PaperWindow.Decide(cycle, session.Date!.Value, now) is not (PaperDecision.InTime or PaperDecision.EnteredAfterClose))
        {
            yield return new ImportFault(row.Row.Number, PaperColumns.Session, FaultCodes.OutsideWindow, "SessionNotInWindow");
        }
    }

    private Proposal Proposal(CheckedRow row, Dictionary<string, Channel> sessions, Cycle cycle, Instant now, string actor)
    {
        var evidence = $"imported by {actor}";
        if (sessions.TryGetValue(row.Row.Value(PaperColumns.Session), out var session))
        {
            return PaperRegistration.OnPaper(row, session, cycle, now, PaperWindow.Decide(cycle, session.Date!.Value, now), evidence, keys);
        }
        var input = row.Input!.Cleaned();
        return new Proposal(
            "", cycle.Id, input.Content(), new Consent(Consent.CurrentText, now, evidence), Web.Language.Known(input.Language), now, AfterClose: false,
            keys.FingerprintOf(row.Key, input));
    }

    /// <summary>A numbered form is one in its session; else the row's own words make it recognisable when the file is imported again.</summary>
    private static string KeyOf(PaperRow row) => row.Value(PaperColumns.Session) is { Length: > 0 } session && row.Value(PaperColumns.Reference) is { Length: > 0 } reference
        ? $"paper|{session}|{PaperCheck.Folded(reference)}"
        : $"import|{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new SortedDictionary<string, string>(row.Values.ToDictionary(), StringComparer.Ordinal), Json.Options)))}";

    /// <param name="Received">How many proposals there are.</param>
    private sealed record Read(IReadOnlyList<CheckedRow> Good, IReadOnlyList<ImportFault> Faults, Dictionary<string, Channel> Sessions, int Received);
}
