using NodaTime;
using OpenGov.Functions.Commitments;
using OpenGov.Functions.Requests;

namespace OpenGov.Functions.Validations;

public sealed class DispatchRulesTests
{
    private static readonly Instant Now = Instant.FromUtc(2019, 10, 1, 14, 0);

    [Fact]
    public void Each_institution_has_one_nota_with_all_that_concerns_it_in_the_order_of_the_codes()
    {
        var dispatch = DispatchRules.Plan([Commitment("C-01", "MEF", "AIG"), Commitment("C-02", "AIG"), Commitment("C-03", "MEF", "MOP", "AIG")], new NotaBook(7, 1), new(2019, 10, 11), Now, 2019);

        Assert.Equal(2, dispatch.Round);
        Assert.Equal(
            ["Nota N.º 008-2019 AIG C-01 C-02 C-03", "Nota N.º 009-2019 MEF C-01 C-03", "Nota N.º 010-2019 MOP C-03"],
            dispatch.Notas.Select(nota => $"{nota.Number} {nota.Institution} {string.Join(' ', nota.Commitments)}"));
    }

    [Fact]
    public void A_lead_that_is_named_as_support_too_is_asked_once()
    {
        var dispatch = DispatchRules.Plan([Commitment("C-01", "MEF", "MEF", "AIG", "AIG")], new NotaBook(0, 0), new(2019, 10, 11), Now, 2019);
        Assert.All(dispatch.Notas, nota => Assert.Equal(["C-01"], nota.Commitments));
    }

    [Theory]
    [InlineData("C-01 C-02", 11, true)]
    [InlineData("C-02 C-01", 11, true)]
    [InlineData("C-01", 11, false)]
    [InlineData("C-01 C-02", 18, false)]
    public void The_same_commitments_with_the_same_date_are_the_same_dispatch(string numbers, int day, bool same)
    {
        var dispatch = DispatchRules.Plan([Commitment("C-01", "MEF"), Commitment("C-02", "MEF")], new NotaBook(0, 0), new(2019, 10, 11), Now, 2019);
        Assert.Equal(same, dispatch.Asks(numbers.Split(' ').Select(number => new AskedCommitment(number, 1)), new(2019, 10, day)));
    }

    private static CommitmentCase Commitment(string number, string lead, params string[] supporting) =>
        new(new CommitmentProposal(number, "Título", "Temática", "Texto", lead, supporting, []));
}
