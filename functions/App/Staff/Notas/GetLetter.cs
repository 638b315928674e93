using System.Globalization;
using System.IO.Compression;
using System.Net.Mime;
using System.Text;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Requests.Letters;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Notas;

/// <summary>A nota as a letter to print and sign.</summary>
public sealed class GetLetter(StaffGate gate, RequestStore store, CurrentCycle cycles, ComposeLetter compose, IStringLocalizer<LetterTexts> texts)
{
    [Function(nameof(GetLetter))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/requests/{id}/letter.docx")] HttpRequest request, string id, CancellationToken cancel)
    {
        if ((await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal is { } refusal)
        {
            return refusal;
        }
        return (await store.FindAsync((await cycles.GetAsync(cancel)).Id, id, cancel))?.Record is { } nota
            ? Results.Bytes(
                NotaLetter.Write(await compose.ComposeAsync(nota, cancel), await compose.SenderAsync(cancel), texts), NotaLetter.MediaType, LetterArchive.NameOf(nota.Id))
            : Page.Error(StatusCodes.Status404NotFound);
    }
}

/// <summary>All letters of a round, with the template and its data for an office that prints on its own letterhead.</summary>
public sealed class GetLetters(StaffGate gate, RequestStore store, CurrentCycle cycles, ComposeLetter compose, IStringLocalizer<LetterTexts> texts)
{
    [Function(nameof(GetLetters))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/letters")] HttpRequest request, CancellationToken cancel)
    {
        if ((await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal is { } refusal)
        {
            return refusal;
        }
        if (RoundKey.Read(request.Query["round"]) is not { } round)
        {
            return Page.Error(StatusCodes.Status400BadRequest);
        }
        var letters = new List<Letter>();
        foreach (var (nota, _) in await store.ListAsync((await cycles.GetAsync(cancel)).Id, cancel))
        {
            if (RoundKey.Of(nota) == round)
            {
                letters.Add(await compose.ComposeAsync(nota, cancel));
            }
        }
        return letters.Count > 0
            ? Results.Bytes(LetterArchive.Of(letters, await compose.SenderAsync(cancel), texts), MediaTypeNames.Application.Zip, $"notas-{round}.zip")
            : Page.Error(StatusCodes.Status404NotFound);
    }
}

internal static class LetterArchive
{
    private static readonly DateTimeOffset Earliest = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static string NameOf(string id) => $"nota-{id}.docx";

    public static byte[] Of(IReadOnlyList<Letter> letters, LetterSender sender, IStringLocalizer<LetterTexts> texts)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var letter in letters)
            {
                Add(zip, NameOf(letter.Id), NotaLetter.Write(letter, sender, texts));
            }
            Add(zip, "plantilla.docx", NotaLetter.Template(sender, texts));
            Add(zip, "datos.csv", LetterData.Csv(letters, texts));
            Add(zip, "LEAME.txt", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(texts["ReadMe"])]);
        }
        return bytes.ToArray();
    }

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        var entry = zip.CreateEntry(name);
        entry.LastWriteTime = Earliest;
        using var stream = entry.Open();
        stream.Write(content);
    }
}
