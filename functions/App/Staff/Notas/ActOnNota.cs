using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime;
using NodaTime.Text;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Files;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Notas;

/// <summary>What staff do to a nota, as typed: the names of its fields are the same in the console and for programs.</summary>
/// <param name="KeptScan">The hash of a scan that came with an earlier try of the same form.</param>
/// <param name="Seen">The revision that was looked at; null where none is claimed.</param>
public sealed record TypedAct(string Act, AnswerForm Fields, IFormFile? Scan, string KeptScan, int? Seen)
{
    public const string Extend = "extend";
    public const string Annul = "annul";
    public const string Reissue = "reissue";
    public const string Paper = "paper-answer";

    public static TypedAct Of(string act, IFormCollection form) => new(
        act, new AnswerForm(form.ToDictionary(pair => pair.Key, pair => pair.Value.ToString())), form.Files["scan"], form["kept"].ToString(),
        int.TryParse(form["seen"], NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : null);

    public string Reason => Fields["reason"];
}

/// <param name="Acting">Null where the form has errors.</param>
public sealed record NotaActing(Acting? Acting, IReadOnlyList<FieldError> Errors)
{
    /// <summary>The scan is kept, and need not be chosen again.</summary>
    public string KeptScan { get; init; } = "";
}

public sealed class ActOnNota(
    ActOnRequest acts, RecordPaper papers, RequestStore store, RequestKinds kinds, FileStore files, CurrentCycle cycles,
    IStringLocalizer<NotasTexts> texts, IStringLocalizer<RequestTexts> words, IStringLocalizer<FileTexts> fileTexts)
{
    public static bool Knows(string act) => act is TypedAct.Extend or TypedAct.Annul or TypedAct.Reissue or TypedAct.Paper;

    public async Task<NotaActing> DoAsync(string id, TypedAct typed, string by, CancellationToken cancel)
    {
        if (typed.Act == TypedAct.Paper)
        {
            return await RecordAsync(id, typed, by, cancel);
        }
        var (due, wrong) = DayOf(typed.Fields["due"]);
        IReadOnlyList<FieldError> errors =
        [
            .. wrong || (due is null && typed.Act == TypedAct.Extend) ? [new FieldError("due", texts["DueMissing"])] : Array.Empty<FieldError>(),
            .. string.IsNullOrWhiteSpace(typed.Reason) ? [new FieldError("reason", texts["ActFault-ReasonMissing"])] : Array.Empty<FieldError>(),
        ];
        return errors.Count > 0 ? new NotaActing(null, errors) : Of(typed.Act switch
        {
            TypedAct.Extend => await acts.ExtendAsync(id, due!.Value, typed.Reason, by, typed.Seen, cancel),
            TypedAct.Annul => await acts.AnnulAsync(id, typed.Reason, by, typed.Seen, cancel),
            TypedAct.Reissue => await acts.ReissueAsync(id, due, typed.Reason, by, typed.Seen, cancel),
            var other => throw new InvalidOperationException($"{other} is no act on a nota."),
        });
    }

    private async Task<NotaActing> RecordAsync(string id, TypedAct typed, string by, CancellationToken cancel)
    {
        if ((await store.FindAsync((await cycles.GetAsync(cancel)).Id, id, cancel))?.Record is not { } nota)
        {
            return Of(new Acting.Unknown());
        }
        var (items, errors) = typed.Fields.Read(nota, kinds.Of(nota), words);
        var (scan, fault) = await ScanOfAsync(typed, cancel);
        var (received, receivedWrong) = DayOf(typed.Fields["received"]);
        var (signed, signedWrong) = DayOf(typed.Fields["signed"]);
        // Before the transaction that names it: what no transaction names harms nobody.
        var kept = scan is null ? "" : (await files.PutAsync(scan, cancel)).Hash;
        IReadOnlyList<FieldError> all =
        [
            .. received is null || receivedWrong ? [new FieldError("received", texts["ReceivedMissing"])] : Array.Empty<FieldError>(),
            .. signedWrong ? [new FieldError("signed", texts["SignedMalformed"])] : Array.Empty<FieldError>(),
            .. fault is { } wrong ? [new FieldError("scan", fileTexts[$"Fault-{wrong}", ScanFile.MostBytes / (1024 * 1024)])] : Array.Empty<FieldError>(),
            .. errors,
        ];
        if (all.Count > 0)
        {
            return new NotaActing(null, all) { KeptScan = kept };
        }
        var paper = new PaperAnswer(
            items, AnswerForm.Line(typed.Fields[AnswerForm.Name]), AnswerForm.Line(typed.Fields[AnswerForm.Office]), new PaperSource(received!.Value, signed, kept, by));
        return Of(await papers.RecordAsync(id, paper, typed.Seen, cancel)) with { KeptScan = kept };
    }

    private async Task<ScanCheck> ScanOfAsync(TypedAct typed, CancellationToken cancel)
    {
        if (typed.Scan is not { Length: > 0 } file)
        {
            return await files.FindAsync(typed.KeptScan, cancel) is { } kept ? new ScanCheck(kept, null) : new ScanCheck(null, ScanFault.Empty);
        }
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, cancel);
        return ScanFile.Check(bytes.ToArray(), file.FileName, file.ContentType);
    }

    private NotaActing Of(Acting acting) => acting is Acting.Invalid(var field, var fault)
        ? new NotaActing(null, [new FieldError(field, texts[$"ActFault-{fault}"])])
        : new NotaActing(acting, []);

    /// <returns>The day, or whether what was typed is none; neither where nothing was.</returns>
    private static (LocalDate? Day, bool IsWrong) DayOf(string typed) =>
        typed.Trim() is not { Length: > 0 } text ? (null, false)
        : LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var day } ? (day, false)
        : (null, true);
}
