using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Imports;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Proposals.Channels;
using OpenGov.Functions.Proposals.Paper;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Intake;

/// <param name="From">The first slip that is shown, from 0.</param>
public sealed record SlipsModel(PaperBatch Batch, Channel Session, IReadOnlyList<RegisteredRow> Codes, int From)
{
    public const int OnOnePage = 300;
}

/// <summary>A slip for each proposal of a session, to be printed and handed to its author.</summary>
public sealed class ShowSlips(StaffGate gate, BatchStore batches, ChannelStore channels, CurrentCycle cycles)
{
    [Function(nameof(ShowSlips))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/intake/{id:length(16)}/codes")] HttpRequest request, string id, CancellationToken cancel)
    {
        if ((await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal is { } refusal)
        {
            return refusal;
        }
        var cycle = await cycles.GetAsync(cancel);
        if (!BatchId.IsOne(id) || (await batches.FindAsync(cycle, id, cancel))?.Record is not { } batch
            || await channels.FindAsync(batch.Session, cancel) is not { } session)
        {
            return Page.Error(StatusCodes.Status404NotFound);
        }
        var from = int.TryParse(request.Query["from"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 0;
        return Page.Of<SlipsPage>(new { Model = new SlipsModel(batch, session, await batches.CodesAsync(cycle, id, cancel), from) });
    }
}

public sealed class DownloadCodes(StaffGate gate, BatchStore batches, CurrentCycle cycles, Site site)
{
    private static readonly string[] Headers = ["fila", "formulario", "código", "temática", "dirección"];

    [Function(nameof(DownloadCodes))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/intake/{id:length(16)}/codes.csv")] HttpRequest request, string id, CancellationToken cancel)
    {
        if ((await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal is { } refusal)
        {
            return refusal;
        }
        var cycle = await cycles.GetAsync(cancel);
        if (!BatchId.IsOne(id) || await batches.FindAsync(cycle, id, cancel) is null)
        {
            return Page.Error(StatusCodes.Status404NotFound);
        }
        var codes = await batches.CodesAsync(cycle, id, cancel);
        return Results.File(
            SafeCsv.Write(Headers, codes.Select(row => new[] { $"{row.Row}", row.Reference, row.Code, row.Title, ProposalView.AddressOf(row.Code, site) })),
            "text/csv; charset=utf-8", $"codigos-{id}.csv");
    }
}
