using System.IO.Compression;
using System.Text;

namespace OpenGov.Functions.Files;

/// <summary>Small files of each kind, as tests need them.</summary>
public static class Scans
{
    public static byte[] Jpeg { get; } =
    [
        0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xC0, 0, 5, 8, 0, 1, 0xFF, 0xDA, 0, 3, 1, 0x12, 0xFF, 0, 0x34, 0xFF, 0xD1, 0x56, 0xFF, 0xD9,
    ];

    public static byte[] Png { get; } = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==");

    /// <summary>A PDF with <paramref name="mark"/> in it, and further objects.</summary>
    public static byte[] Pdf(string mark = "", string objects = "") => Encoding.Latin1.GetBytes(
        $"%PDF-1.4\n% {mark}\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[]/Count 0>> endobj\n{objects}\ntrailer <</Root 1 0 R>>\nstartxref\n9\n%%EOF\n");

    /// <summary>A PDF with objects in a compressed stream.</summary>
    public static byte[] PdfWithStream(string content, string filter = "/Filter/FlateDecode")
    {
        using var deflated = new MemoryStream();
        using (var deflating = new ZLibStream(deflated, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            deflating.Write(Encoding.Latin1.GetBytes(content));
        }
        return Pdf("", $"3 0 obj <<{filter}/Type/ObjStm/N 1/First 4/Length {deflated.Length}>> stream\r\n{Encoding.Latin1.GetString(deflated.ToArray())}\nendstream endobj");
    }
}
