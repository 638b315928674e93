using FsCheck;
using FsCheck.Fluent;

namespace OpenGov.Functions.Requests;

/// <summary>What somebody tries to do to a nota; most of it the rules refuse at most times.</summary>
public enum NotaMoveKind
{
    Wait, Prepare, TypeCode, Guess, AskToDelegate, RecordPaper, Send, Extend, Reissue, Readdress, Hold, Release, Annul, Close,
}

/// <param name="Which">How far back: 0 is the newest link or code, the shortest time.</param>
/// <param name="HowMuch">Of days, or another link.</param>
public sealed record NotaMove(NotaMoveKind Kind, int Which = 0, int HowMuch = 0);

/// <summary>A nota's beginning and what is tried with it, in order. It tells its history in words when a property fails.</summary>
/// <param name="Beginning">See <see cref="NotaHistory"/>.</param>
public sealed record NotaMoves(int Beginning, IReadOnlyList<NotaMove> Moves)
{
    private static readonly Gen<NotaMove> AnyMove = Gen.Frequency(
        Moved(10, NotaMoveKind.Wait, 12, 1), Moved(6, NotaMoveKind.Prepare, 3, 3), Moved(7, NotaMoveKind.TypeCode, 3, 3), Moved(2, NotaMoveKind.Guess, 2, 1),
        Moved(2, NotaMoveKind.AskToDelegate, 3, 1), Moved(5, NotaMoveKind.RecordPaper, 12, 20), Moved(2, NotaMoveKind.Send, 1, 1),
        Moved(2, NotaMoveKind.Extend, 12, 1), Moved(3, NotaMoveKind.Reissue, 12, 1), Moved(2, NotaMoveKind.Readdress, 1, 1),
        Moved(3, NotaMoveKind.Hold, 1, 1), Moved(4, NotaMoveKind.Release, 1, 1), Moved(1, NotaMoveKind.Annul, 4, 1), Moved(1, NotaMoveKind.Close, 1, 1));

    public static Gen<NotaMoves> Any { get; } =
        from beginning in Gen.Choose(0, NotaHistory.Beginnings - 1)
        from length in Gen.Choose(1, 40)
        from moves in Gen.ArrayOf(AnyMove, length)
        select new NotaMoves(beginning, moves);

    /// <summary>For <see cref="FsCheck.Xunit.PropertiesAttribute"/>.</summary>
    public static class Arbitraries
    {
        public static Arbitrary<NotaMoves> Histories() => Arb.From(Any, moves => moves.Smaller());
    }

    public override string ToString() => NotaHistory.Of(this).InWords;

    /// <summary>Fewer moves first: halves, then one less; then simpler ones.</summary>
    private IEnumerable<NotaMoves> Smaller()
    {
        for (var cut = Moves.Count / 2; cut > 0; cut /= 2)
        {
            for (var from = 0; from < Moves.Count; from += cut)
            {
                yield return this with { Moves = [.. Moves.Take(from), .. Moves.Skip(from + cut)] };
            }
        }
        if (Beginning > 0)
        {
            yield return this with { Beginning = 0 };
        }
        for (var index = 0; index < Moves.Count; index++)
        {
            foreach (var simpler in Simpler(Moves[index]))
            {
                yield return this with { Moves = [.. Moves.Take(index), simpler, .. Moves.Skip(index + 1)] };
            }
        }
    }

    private static IEnumerable<NotaMove> Simpler(NotaMove move) =>
        new[] { move with { Which = 0 }, move with { Which = move.Which / 2 }, move with { HowMuch = 0 }, move with { HowMuch = move.HowMuch / 2 } }
            .Where(simpler => simpler != move).Distinct();

    private static (int, Gen<NotaMove>) Moved(int weight, NotaMoveKind kind, int which, int howMuch) => (weight,
        from first in Gen.Choose(0, which - 1)
        from second in Gen.Choose(0, howMuch - 1)
        select new NotaMove(kind, first, second));
}
