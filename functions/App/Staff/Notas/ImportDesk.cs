using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Forum;
using OpenGov.Functions.Imports;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Validations;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Notas;

/// <summary>What is to be imported, with its file as it was chosen or pasted, or as it was looked at before.</summary>
public sealed record TypedImport(string What, byte[] Content)
{
    private const int MostShownAgain = 1024 * 1024;

    /// <summary>A browser forgets the file that was chosen: its text is kept as if it had been pasted.</summary>
    public string? Pasted => Content.Length <= MostShownAgain ? CsvText.Decode(Content) : null;

    public static async Task<TypedImport> OfAsync(IFormCollection form, CancellationToken cancel) => new(
        form["what"].ToString(),
        form["content"].ToString() is { Length: > 0 } kept ? BytesOf(kept) : await Body.FileOrPastedAsync(form, "rows", cancel));

    public ImportFile File(string actor)
    {
        var first = Content.SkipWhile(symbol => symbol is (byte)' ' or (byte)'\r' or (byte)'\n' or 0xEF or 0xBB or 0xBF).FirstOrDefault();
        return new ImportFile(Content, first is (byte)'[' or (byte)'{' ? ImportFormat.Json : ImportFormat.Csv, Partial: true, actor);
    }

    private static byte[] BytesOf(string kept)
    {
        var bytes = new byte[kept.Length];
        return Convert.TryFromBase64String(kept, bytes, out var length) ? bytes[..length] : [];
    }
}

/// <param name="What">Null before anything was chosen.</param>
public sealed record ImportModel(string? What = null)
{
    public string? Pasted { get; init; }

    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>What the file would do; null where nothing is looked at.</summary>
    public ImportPreview? Preview { get; init; }

    /// <summary>The file itself, for the button that applies what was looked at.</summary>
    public string Content { get; init; } = "";

    /// <summary>Open notas by who was asked, where a row means something for them.</summary>
    public IReadOnlyDictionary<string, int> Notas { get; init; } = new Dictionary<string, int>();

    /// <summary>Numbers of commitments that the file would change, and about which institutions were asked already.</summary>
    public IReadOnlyList<string> Frozen { get; init; } = [];

    public bool IsOvertaken { get; init; }

    public ImportResult? Result { get; init; }

    /// <summary>Of what was looked at: what is applied must be the same.</summary>
    public string Seen => Preview is null ? "" : Editing.SeenOf(new { Preview.Rows, Preview.Errors });
}

/// <summary>Shows what a file would do, and does just that.</summary>
public sealed class ImportDesk(
    StaffImports imports, RequestStore requests, RequestKinds kinds, ConsolidatedCommitments commitments, CurrentCycle cycles, TimeProvider clock)
{
    public async Task<ImportModel> PreviewAsync(TypedImport typed, string actor, CancellationToken cancel)
    {
        var model = new ImportModel(typed.What) { Pasted = typed.Pasted };
        if (imports.Find(typed.What) is not { } import)
        {
            return model with { Faults = [new Fault("what", "WhatMissing")] };
        }
        if (typed.Content.Length is 0 or > BodyLimits.Import)
        {
            return model with { Faults = [typed.Content.Length == 0 ? new Fault("file", "NothingChosen") : new Fault("file", "TooLarge", BodyLimits.Import / 1024 / 1024)] };
        }
        var preview = await import.PreviewAsync(typed.File(actor), cancel);
        if (preview.Rows.Count + preview.Errors.Count == 0)
        {
            return model with { Faults = [new Fault("file", "NoRows")] };
        }
        var moved = preview.Rows.Where(row => row.Move != OfficeMove.None).Select(row => row.Key).ToHashSet();
        var changed = preview.Rows.Where(row => row.Outcome == RowOutcome.Changed).Select(row => row.Key).ToHashSet();
        return model with
        {
            Preview = preview,
            Content = Convert.ToBase64String(typed.Content),
            Notas = moved.Count == 0 ? model.Notas : await OpenNotasAsync(typed.What == StaffImports.Members ? ForumMembers.Name : OfficeChanged.Authorities, moved, cancel),
            Frozen = typed.What != StaffImports.Commitments || changed.Count == 0 ? [] : await FrozenAsync(changed, cancel),
        };
    }

    /// <param name="seen">What <see cref="ImportModel.Seen"/> was when it was looked at.</param>
    public async Task<ImportModel> ApplyAsync(TypedImport typed, string seen, string actor, CancellationToken cancel)
    {
        var model = await PreviewAsync(typed, actor, cancel);
        if (model.Preview is not { } preview)
        {
            return model;
        }
        // The same sent again finds everything done, and is no surprise.
        return model.Seen != seen && !preview.ChangesNothing
            ? model with { IsOvertaken = true }
            : model with { Preview = null, Result = await imports.Find(typed.What)!.RunAsync(typed.File(actor), cancel) };
    }

    private async Task<IReadOnlyDictionary<string, int>> OpenNotasAsync(string group, HashSet<string> moved, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var now = clock.GetCurrentInstant();
        return (await requests.ListAsync(cycle.Id, cancel)).Select(answered => answered.Request)
            .Where(request => moved.Contains(request.Institution) && kinds.Of(request).Asks == group && request.PhaseAt(now, cycle) is not (RequestPhase.Annulled or RequestPhase.Closed))
            .CountBy(request => request.Institution).ToDictionary();
    }

    private async Task<IReadOnlyList<string>> FrozenAsync(HashSet<string> changed, CancellationToken cancel) =>
        [.. (await commitments.ListAsync(await cycles.GetAsync(cancel), cancel)).Where(commitment => commitment.IsFrozen && changed.Contains(commitment.Number)).Select(commitment => commitment.Number)];
}

/// <summary>Names the resources of this page.</summary>
public sealed class ImportPageTexts;
