using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpenGov.Functions.Files;

public enum ScanType { Pdf, Jpeg, Png }

/// <summary>Why a file is not taken. Each has its text, "Fault-…" in FileTexts.</summary>
public enum ScanFault
{
    Empty,
    TooLarge,
    /// <summary>Neither PDF nor JPEG nor PNG.</summary>
    NotAScan,
    /// <summary>Its name or its declared type claims another format.</summary>
    NotWhatItSays,
    /// <summary>Cut off, or with something else hung onto it.</summary>
    Damaged,
    /// <summary>A PDF that can run something, or that carries further files.</summary>
    Active,
    /// <summary>A PDF that only a password opens.</summary>
    Locked,
}

/// <summary>A file that was found to be a scan.</summary>
/// <param name="Name">As it may be offered for download: one line, no path, with the ending of its type.</param>
public sealed record Scan(ScanType Type, string Name, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>SHA-256, by which it is kept.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Bytes.Span));
}

/// <summary>One of both is null.</summary>
public sealed record ScanCheck(Scan? Scan, ScanFault? Fault);

/// <summary>
/// Tells a scan of a signed paper from all else by its bytes. What it is called and declared to be is only held
/// against that: a file that claims to be another thing than it is is not taken.
/// </summary>
public static class ScanFile
{
    public const int MostBytes = 10 * 1024 * 1024;
    private const int LongestName = 100;
    private const int LongestEnding = 5;
    private const string Unnamed = "escaneo";

    /// <param name="name">The file's name as its sender gives it, or null.</param>
    /// <param name="declaredType">The media type that came with it, or null.</param>
    public static ScanCheck Check(ReadOnlyMemory<byte> bytes, string? name, string? declaredType)
    {
        if (bytes.IsEmpty || bytes.Length > MostBytes)
        {
            return new ScanCheck(null, bytes.IsEmpty ? ScanFault.Empty : ScanFault.TooLarge);
        }
        var ending = EndingOf(name);
        var declared = DeclaredBy(declaredType);
        if (TypeOf(bytes.Span) is not { } type)
        {
            return new ScanCheck(null, TypeNamedBy(ending) is null && declared is null ? ScanFault.NotAScan : ScanFault.NotWhatItSays);
        }
        var isAsItSays = (ending is null || TypeNamedBy(ending) == type) && (IsNoClaim(declaredType) || declared == type);
        var fault = isAsItSays ? FaultOf(type, bytes.Span) : ScanFault.NotWhatItSays;
        return fault is null ? new ScanCheck(new Scan(type, CleanName(name, type), bytes), null) : new ScanCheck(null, fault);
    }

    /// <summary>By the first bytes alone; null for all that is no scan.</summary>
    public static ScanType? TypeOf(ReadOnlySpan<byte> bytes) =>
        PdfScan.IsPdf(bytes) ? ScanType.Pdf
        : ImageScan.IsJpeg(bytes) ? ScanType.Jpeg
        : ImageScan.IsPng(bytes) ? ScanType.Png
        : null;

    public static string MediaTypeOf(ScanType type) => type switch { ScanType.Pdf => "application/pdf", ScanType.Jpeg => "image/jpeg", _ => "image/png" };

    private static ScanFault? FaultOf(ScanType type, ReadOnlySpan<byte> bytes) =>
        IsAlsoArchive(bytes) ? ScanFault.Damaged
        : type == ScanType.Pdf ? PdfScan.FaultOf(bytes)
        : (type == ScanType.Jpeg ? ImageScan.IsWholeJpeg(bytes) : ImageScan.IsWholePng(bytes)) ? null
        : ScanFault.Damaged;

    /// <summary>A ZIP is read from its end: one can be hung onto any file, which is then both.</summary>
    private static bool IsAlsoArchive(ReadOnlySpan<byte> bytes)
    {
        const int recordLength = 22;
        for (var end = bytes; end.LastIndexOf("PK\u0005\u0006"u8) is >= 0 and var at && bytes.Length - at <= recordLength + ushort.MaxValue; end = bytes[..at])
        {
            if (bytes.Length - at >= recordLength && bytes[at + recordLength - 2] + (bytes[at + recordLength - 1] << 8) == bytes.Length - at - recordLength)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>"pdf" of "carta.PDF"; null where the name ends in nothing that looks like an ending.</summary>
    private static string? EndingOf(string? name)
    {
        var ending = Path.GetExtension(name?.Trim() ?? "").TrimStart('.').ToLowerInvariant();
        return ending.Length is > 0 and <= LongestEnding && char.IsAsciiLetter(ending[0]) && ending.All(char.IsAsciiLetterOrDigit) ? ending : null;
    }

    private static ScanType? TypeNamedBy(string? ending) => ending switch
    {
        "pdf" => ScanType.Pdf,
        "jpg" or "jpeg" or "jpe" or "jfif" => ScanType.Jpeg,
        "png" => ScanType.Png,
        _ => null,
    };

    private static bool IsNoClaim(string? declaredType) => MediaType(declaredType) is "" or "application/octet-stream" or "binary/octet-stream";

    private static ScanType? DeclaredBy(string? declaredType) => MediaType(declaredType) switch
    {
        "application/pdf" or "application/x-pdf" => ScanType.Pdf,
        "image/jpeg" or "image/jpg" or "image/pjpeg" => ScanType.Jpeg,
        "image/png" or "image/x-png" => ScanType.Png,
        _ => null,
    };

    private static string MediaType(string? declaredType) => (declaredType ?? "").Split(';')[0].Trim().ToLowerInvariant();

    private static string CleanName(string? name, ScanType type)
    {
        var last = (name ?? "").Split('/', '\\')[^1];
        var visible = last.EnumerateRunes().Where(symbol => Rune.GetUnicodeCategory(symbol) is not (
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned));
        var clean = string.Concat(visible.Where(symbol => !"\"<>:|?*;".Contains(symbol.ToString(), StringComparison.Ordinal)).Take(LongestName)).Trim(' ', '.');
        clean = clean.Length == 0 ? Unnamed : clean;
        return TypeNamedBy(EndingOf(clean)) == type ? clean : $"{clean}.{type switch { ScanType.Pdf => "pdf", ScanType.Jpeg => "jpg", _ => "png" }}";
    }
}
