using System.Buffers;
using System.IO.Compression;
using System.Text;

namespace OpenGov.Functions.Files;

/// <summary>The structure of a PDF, as far as it shows that a document is whole and can do nothing by itself.</summary>
internal static class PdfScan
{
    private const int LongestName = 127;
    private const int LongestDictionary = 4096;
    private const long MostInflated = 64L * 1024 * 1024;

    private static readonly HashSet<string> Forbidden = ["JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "SubmitForm", "ImportData"];

    private static readonly SearchValues<byte> Blank = SearchValues.Create("\0\t\n\f\r "u8);

    private static readonly SearchValues<byte> EndsOfName = SearchValues.Create("/<>[](){}%"u8);

    public static bool IsPdf(ReadOnlySpan<byte> bytes) => bytes.StartsWith("%PDF-"u8) && bytes.Length > 8 && bytes[5] is (byte)'1' or (byte)'2';

    public static ScanFault? FaultOf(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.LastIndexOf("%%EOF"u8);
        if (end < 0 || bytes[..end].LastIndexOf("startxref"u8) < 0 || bytes[(end + 5)..].ContainsAnyExcept(Blank))
        {
            return ScanFault.Damaged;
        }
        long inflated = 0;
        for (var at = bytes.IndexOf((byte)'/'); at >= 0 && at < bytes.Length; at = Next(bytes, at))
        {
            var name = NameAt(bytes, at);
            var fault = Forbidden.Contains(name) ? ScanFault.Active
                : name == "Encrypt" ? ScanFault.Locked
                : name == "ObjStm" ? FaultInObjects(bytes, at, ref inflated)
                : null;
            if (fault is not null)
            {
                return fault;
            }
        }
        return null;
    }

    private static int Next(ReadOnlySpan<byte> bytes, int at) => bytes[(at + 1)..].IndexOf((byte)'/') is >= 0 and var more ? at + 1 + more : -1;

    /// <summary>Objects may stand compressed in a stream, where their names cannot be read.</summary>
    private static ScanFault? FaultInObjects(ReadOnlySpan<byte> bytes, int at, ref long inflated)
    {
        var from = Math.Max(0, at - LongestDictionary);
        var start = bytes[from..at].LastIndexOf(" obj"u8);
        var length = bytes[at..Math.Min(bytes.Length, at + LongestDictionary)].IndexOf("stream"u8);
        if (start < 0 || length < 0)
        {
            return ScanFault.Damaged;
        }
        var dictionary = bytes[(from + start)..(at + length)];
        if (dictionary.IndexOf("Filter"u8) < 0)
        {
            return null;
        }
        // A second filter or a predictor would hide what is in it, and no scanner needs one here.
        var names = Names(dictionary);
        if (!names.Contains("FlateDecode") || names.Contains("DecodeParms") || names.Any(name => name != "FlateDecode" && name.EndsWith("Decode", StringComparison.Ordinal)))
        {
            return ScanFault.Active;
        }
        var content = bytes[(at + length + "stream".Length)..].TrimStart("\r\n"u8);
        return Inflate(content, MostInflated - inflated) is { } objects ? Count(objects, ref inflated) : ScanFault.Damaged;
    }

    private static ScanFault? Count(byte[] objects, ref long inflated)
    {
        inflated += objects.Length;
        return inflated >= MostInflated ? ScanFault.Damaged : Names(objects).Any(Forbidden.Contains) ? ScanFault.Active : null;
    }

    private static List<string> Names(ReadOnlySpan<byte> bytes)
    {
        var names = new List<string>();
        for (var at = bytes.IndexOf((byte)'/'); at >= 0; at = Next(bytes, at))
        {
            names.Add(NameAt(bytes, at));
        }
        return names;
    }

    /// <summary>"JavaScript" of "/JavaScript" and of "/J#61vaScript" alike.</summary>
    private static string NameAt(ReadOnlySpan<byte> bytes, int slash)
    {
        var name = new StringBuilder();
        for (var at = slash + 1; at < bytes.Length && name.Length < LongestName && bytes[at] is > (byte)' ' and < 0x7F && !EndsOfName.Contains(bytes[at]); at++)
        {
            if (bytes[at] == '#' && at + 2 < bytes.Length && char.IsAsciiHexDigit((char)bytes[at + 1]) && char.IsAsciiHexDigit((char)bytes[at + 2]))
            {
                name.Append((char)Convert.FromHexString([(char)bytes[at + 1], (char)bytes[at + 2]])[0]);
                at += 2;
            }
            else
            {
                name.Append((char)bytes[at]);
            }
        }
        return name.ToString();
    }

    /// <summary>Null where it is no such stream; at most <paramref name="most"/> bytes.</summary>
    private static byte[]? Inflate(ReadOnlySpan<byte> deflated, long most)
    {
        using var source = new MemoryStream(deflated.ToArray());
        using var inflating = new ZLibStream(source, CompressionMode.Decompress);
        using var inflated = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            for (int read; inflated.Length < most && (read = inflating.Read(buffer)) > 0;)
            {
                inflated.Write(buffer, 0, read);
            }
            return inflated.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
