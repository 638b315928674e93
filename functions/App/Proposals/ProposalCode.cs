using System.Security.Cryptography;

namespace OpenGov.Functions.Proposals;

/// <summary>
/// Nine symbols of Crockford's base 32, the last a check symbol out of the same 32: short enough to be read over
/// the telephone, and one wrong symbol or two neighbours swapped are noticed.
/// </summary>
public static class ProposalCode
{
    public const int Length = 9;
    private const string Symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    // x + 1 and x have an inverse in GF(32), so every change of one symbol and every swap changes the check.
    private const int Reduction = 0b100101;

    /// <summary>The first 40 bits of a fingerprint, as a code.</summary>
    public static string From(ReadOnlySpan<byte> fingerprint)
    {
        var number = 0UL;
        foreach (var part in fingerprint[..5])
        {
            number = (number << 8) | part;
        }
        Span<char> code = stackalloc char[Length];
        for (var i = Length - 2; i >= 0; i--, number >>= 5)
        {
            code[i] = Symbols[(int)(number & 31)];
        }
        code[^1] = CheckOf(code[..^1]);
        return new string(code);
    }

    public static string Random() => From(RandomNumberGenerator.GetBytes(5));

    /// <summary>The code as it is stored, from one typed with spaces, hyphens, small letters, O for 0 or I and L for 1; else null.</summary>
    public static string? Read(string? typed)
    {
        var clean = new string([.. (typed ?? "").Where(symbol => symbol is not (' ' or '-')).Select(symbol => char.ToUpperInvariant(symbol) switch
        {
            'O' => '0',
            'I' or 'L' => '1',
            var other => other,
        })]);
        return clean.Length == Length && clean.All(symbol => Symbols.Contains(symbol)) && CheckOf(clean.AsSpan(0, Length - 1)) == clean[^1] ? clean : null;
    }

    private static char CheckOf(ReadOnlySpan<char> symbols)
    {
        var check = 0;
        foreach (var symbol in symbols)
        {
            check = Double(check ^ Symbols.IndexOf(symbol));
        }
        return Symbols[check];
    }

    /// <summary>Multiplication by x in GF(32), modulo x⁵ + x² + 1.</summary>
    private static int Double(int value) => (value << 1) is var doubled && (doubled & 32) != 0 ? doubled ^ Reduction : doubled;
}
