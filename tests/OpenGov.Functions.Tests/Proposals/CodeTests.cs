using FsCheck.Xunit;

namespace OpenGov.Functions.Proposals;

public sealed class CodeTests
{
    private const string Symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    [Property]
    public bool A_code_is_read_back_as_it_was_made(byte a, byte b, byte c, byte d, byte e)
    {
        var code = ProposalCode.From([a, b, c, d, e]);
        return ProposalCode.Read(code) == code;
    }

    [Property]
    public bool One_wrong_symbol_is_noticed(byte a, byte b, byte c, byte d, byte e, byte place, byte symbol)
    {
        var code = ProposalCode.From([a, b, c, d, e]);
        var at = place % ProposalCode.Length;
        var other = Symbols[symbol % Symbols.Length];
        var wrong = code[..at] + other + code[(at + 1)..];
        return wrong == code || ProposalCode.Read(wrong) is null;
    }

    [Property]
    public bool Two_neighbours_swapped_are_noticed(byte a, byte b, byte c, byte d, byte e, byte place)
    {
        var code = ProposalCode.From([a, b, c, d, e]);
        var at = place % (ProposalCode.Length - 2);
        var swapped = $"{code[..at]}{code[at + 1]}{code[at]}{code[(at + 2)..]}";
        return swapped == code || ProposalCode.Read(swapped) is null;
    }

    [Fact]
    public void A_code_read_over_the_telephone_may_be_typed_sloppily()
    {
        var code = ProposalCode.From([0, 1, 2, 3, 4]);

        Assert.Equal(code, ProposalCode.Read($" {code[..3].ToLowerInvariant().Replace('0', 'o')}-{code[3..6]} {code[6..].Replace('1', 'l')} "));
    }
}
