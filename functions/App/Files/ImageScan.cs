using System.Buffers.Binary;

namespace OpenGov.Functions.Files;

/// <summary>The structure of JPEG and PNG, as far as it shows that a picture is whole.</summary>
internal static class ImageScan
{
    private const byte Mark = 0xFF;
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;

    public static bool IsJpeg(ReadOnlySpan<byte> bytes) => bytes.StartsWith<byte>([Mark, 0xD8, Mark]);

    public static bool IsPng(ReadOnlySpan<byte> bytes) => bytes.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);

    /// <summary>From its start over a frame and its scans to its end; cameras hang data of their own onto that.</summary>
    public static bool IsWholeJpeg(ReadOnlySpan<byte> bytes)
    {
        var hasFrame = false;
        for (var at = 2; at + 2 <= bytes.Length;)
        {
            var marker = bytes[at + 1];
            if (bytes[at] != Mark)
            {
                return false;
            }
            if (marker == Mark)
            {
                at++;
                continue;
            }
            if (marker == EndOfImage)
            {
                return hasFrame;
            }
            if (at + 4 > bytes.Length || BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]) is var length && (length < 2 || at + 2 + length > bytes.Length))
            {
                return false;
            }
            // All frames but DHT (C4), JPG (C8) and DAC (CC), which have numbers among theirs.
            hasFrame |= marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
            at += 2 + length;
            if (marker == StartOfScan && (at = NextMarker(bytes, at)) < 0)
            {
                return false;
            }
        }
        return false;
    }

    /// <summary>Chunk after chunk from IHDR to IEND, with picture data between, and nothing after.</summary>
    public static bool IsWholePng(ReadOnlySpan<byte> bytes)
    {
        const int signature = 8, frame = 12, headerLength = 13;
        var hasData = false;
        for (var at = signature; at + frame <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            var name = bytes[(at + 4)..(at + 8)];
            if (length > bytes.Length - at - frame || (at == signature && !(name.SequenceEqual("IHDR"u8) && length == headerLength && HasSize(bytes[(at + 8)..]))))
            {
                return false;
            }
            at += (int)length + frame;
            if (name.SequenceEqual("IEND"u8))
            {
                return hasData && length == 0 && at == bytes.Length;
            }
            hasData |= name.SequenceEqual("IDAT"u8);
        }
        return false;
    }

    private static bool HasSize(ReadOnlySpan<byte> header) =>
        BinaryPrimitives.ReadUInt32BigEndian(header) > 0 && BinaryPrimitives.ReadUInt32BigEndian(header[4..]) > 0;

    /// <summary>After compressed data, in which a mark is followed by 0 or by a restart.</summary>
    private static int NextMarker(ReadOnlySpan<byte> bytes, int at)
    {
        for (; at + 1 < bytes.Length; at++)
        {
            if (bytes[at] == Mark && bytes[at + 1] is not (0 or Mark or (>= 0xD0 and <= 0xD7)))
            {
                return at;
            }
        }
        return -1;
    }
}
