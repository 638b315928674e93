using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Imports;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Notas;

public sealed class ShowImport(StaffGate gate)
{
    [Function(nameof(ShowImport))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/import")] HttpRequest request, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal ?? Page.Of<ImportPage>();
}

/// <summary>A file chosen in the console, or rows pasted into it; what is wrong is shown by row, and what was pasted stays.</summary>
public sealed class ImportFromPage(StaffGate gate, StaffImports imports)
{
    [Function(nameof(ImportFromPage))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/import")] HttpRequest request, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Organiser, BodyLimits.Import, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        var form = admission.Form;
        var (what, pasted) = (form["what"].ToString(), form["rows"].ToString());
        var content = form.Files["file"] is { Length: > 0 } file ? await BytesAsync(file, cancel) : System.Text.Encoding.UTF8.GetBytes(pasted);
        var format = content.SkipWhile(symbol => symbol is (byte)' ' or (byte)'\r' or (byte)'\n' or 0xEF or 0xBB or 0xBF).FirstOrDefault() is (byte)'[' or (byte)'{'
            ? ImportFormat.Json : ImportFormat.Csv;
        var result = content.Length == 0 ? null
            : await imports.RunAsync(what, new ImportFile(content, format, form["partial"] == "true", admission.Actor), cancel);
        return Page.Of<ImportPage>(
            new { What = what, Pasted = pasted, Partial = form["partial"] == "true", Result = result, IsNothingChosen = result is null },
            result is { Errors.Count: 0 } ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static async Task<byte[]> BytesAsync(IFormFile file, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, cancel);
        return bytes.ToArray();
    }
}
