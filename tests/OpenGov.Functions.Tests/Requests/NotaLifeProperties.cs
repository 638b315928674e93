using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using NodaTime;

namespace OpenGov.Functions.Requests;

/// <summary>Whatever offices, clerks, delegates and time do to a nota, in any order.</summary>
[Properties(Arbitrary = [typeof(NotaMoves.Arbitraries)], MaxTest = 300)]
public sealed class NotaLifeProperties
{
    private static readonly Instant LongAfter = Instant.FromUtc(2021, 8, 31, 12, 0);

    [Property]
    public void Every_step_is_a_row_of_the_table(NotaMoves moves) =>
        Assert.All(HappenedIn(NotaHistory.Of(moves)), step => Assert.Contains(TransitionOf(step), RequestLife.Table));

    [Property]
    public void What_the_table_refuses_changes_no_phase(NotaMoves moves) =>
        Assert.All(NotaHistory.Of(moves).Steps.Where(step => step.Act is null && step.Move.Kind != NotaMoveKind.Wait), step => Assert.Equal(step.From, step.To));

    [Fact]
    public void Every_row_of_the_table_happens_in_some_history()
    {
        var reached = NotaMoves.Any.Sample(4000, new Rnd(20191001), 50).SelectMany(moves => HappenedIn(NotaHistory.Of(moves))).Select(TransitionOf).ToHashSet();
        Assert.Equal([], RequestLife.Table.Except(reached));
    }

    [Property]
    public void No_answer_is_lost(NotaMoves moves)
    {
        var history = NotaHistory.Of(moves);
        foreach (var step in history.Steps)
        {
            Assert.Equal(step.Before.Confirmations, step.After.Confirmations.Take(step.Before.Confirmations.Count));
            Assert.Equal(step.Before.Prepared, step.After.Prepared.Take(step.Before.Prepared.Count));
            Assert.Equal(step.Before.Acts, step.After.Acts.Take(step.Before.Acts.Count));
            Assert.Equal(step.Act is RequestAct.Confirm or RequestAct.RecordPaper ? 1 : 0, step.After.Confirmations.Count - step.Before.Confirmations.Count);
        }
        Assert.All(history.Nota.Confirmations, confirmation => Assert.Equal(confirmation.Hash, history.Answers[confirmation.Version].Hash()));
        Assert.Distinct(history.Nota.Confirmations.Select(confirmation => confirmation.Version));
        Assert.Equal(history.Nota.Confirmations.OrderBy(confirmation => confirmation.At), history.Nota.Confirmations);
    }

    [Property]
    public void Silence_never_approves(NotaMoves moves)
    {
        var answered = false;
        foreach (var step in NotaHistory.Of(moves).Steps)
        {
            answered |= step.Act is RequestAct.Confirm or RequestAct.RecordPaper;
            Assert.Equal(answered, step.After.Standing is not null);
            Assert.Equal(answered && !step.After.IsAnnulled, step.After.StateAt(step.At, NotaHistory.Cycle) == RequestState.Confirmed);
            Assert.Equal(answered && !step.After.IsAnnulled, step.After.StateAt(LongAfter, NotaHistory.Cycle) == RequestState.Confirmed);
        }
    }

    [Property]
    public void The_last_signed_word_prevails(NotaMoves moves)
    {
        foreach (var step in NotaHistory.Of(moves).Steps)
        {
            Confirmation? word = null;
            foreach (var next in step.After.Confirmations)
            {
                word = word is null ? next
                    : next.Term != word.Term ? (next.Term > word.Term ? next : word)
                    : (word.Paper, next.Paper) switch
                    {
                        ({ } before, { } after) => after.ReceivedOn >= before.ReceivedOn ? next : word,
                        ({ }, null) => word,
                        _ => next,
                    };
            }
            Assert.Equal(word, step.After.Standing);
        }
    }

    [Property]
    public void A_word_is_of_the_holder_who_gave_it(NotaMoves moves)
    {
        foreach (var step in NotaHistory.Of(moves).Steps.Where(step => step.After.Confirmations.Count > step.Before.Confirmations.Count))
        {
            var (word, reissues) = (step.After.Confirmations[^1], step.Before.Acts.Where(act => act.Act == RequestAct.Reissue).ToList());
            var day = word.Paper is { } paper ? paper.SignedOn ?? paper.ReceivedOn : NotaHistory.Cycle.DateOf(step.At);
            Assert.Equal(reissues.FindLastIndex(act => NotaHistory.Cycle.DateOf(act.At) <= day) + 1, word.Term);
        }
    }

    [Property]
    public void A_dead_link_and_a_dead_code_never_act(NotaMoves moves) =>
        Assert.All(NotaHistory.Of(moves).Steps.Where(step => step.IsDead), step =>
        {
            Assert.Null(step.Act);
            // Of a link that is alive, a code that is not counts as a try.
            Assert.Equal(WithoutTries(step.Before), WithoutTries(step.After));
        });

    [Property]
    public void A_link_of_before_a_reissue_leaves_no_trace(NotaMoves moves) =>
        Assert.All(NotaHistory.Of(moves).Steps.Where(step => step.IsDead && step.Move.Kind is not (NotaMoveKind.TypeCode or NotaMoveKind.Guess)), step => Assert.Same(step.Before, step.After));

    [Property]
    public void A_due_date_never_moves_earlier(NotaMoves moves) =>
        Assert.All(NotaHistory.Of(moves).Steps.Where(step => !step.Before.Waits), step => Assert.True(step.After.Due >= step.Before.Due, step.Words));

    [Property]
    public void A_hold_never_shortens_the_time_to_answer(NotaMoves moves)
    {
        var (days, cycle) = (NotaHistory.Cycle.WorkingDays, NotaHistory.Cycle);
        foreach (var step in NotaHistory.Of(moves).Steps.Where(step => step.Act == RequestAct.Release))
        {
            var (held, released) = (cycle.DateOf(step.Before.HeldSince!.Value), cycle.DateOf(step.At));
            Assert.True(days.Between(released, step.After.Due) >= days.Between(held, step.Before.Due));
            // What was in time when it was held is in time when it is released.
            Assert.Equal(held <= step.Before.Due, step.At < cycle.EndOf(step.After.Due));
        }
    }

    [Property]
    public void An_answer_is_late_exactly_when_it_came_after_the_due_date_of_its_time(NotaMoves moves)
    {
        var history = NotaHistory.Of(moves);
        foreach (var step in history.Steps.Where(step => step.After.Confirmations.Count > step.Before.Confirmations.Count))
        {
            var word = step.After.Confirmations[^1];
            Assert.Equal(word.Paper is { } paper ? CameLate(history, step, paper.ReceivedOn) : CameLate(history, step, NotaHistory.Cycle.DateOf(step.At)), word.Late);
        }
    }

    [Property]
    public void The_timeline_is_in_order_and_tells_every_public_act_once(NotaMoves moves)
    {
        var history = NotaHistory.Of(moves);
        if (history.Steps.Count == 0 || history.Nota.Waits)
        {
            return;
        }
        var told = history.Nota.TimelineAt(history.Now, NotaHistory.Cycle);
        Assert.Equal(told.OrderBy(step => step.At), told);
        var counts = told.CountBy(step => step.What).ToDictionary();
        Assert.Equal("sent", told[0].What);
        int Told(params string[] words) => words.Sum(word => counts.GetValueOrDefault(word));
        int Happened(RequestAct act) => history.Steps.Count(step => step.Act == act);
        Assert.Equal(1, Told("sent"));
        Assert.Equal(Happened(RequestAct.Confirm), Told("confirmed", "confirmed-late", "corrected", "rectified"));
        Assert.Equal(Happened(RequestAct.RecordPaper), Told("signed", "signed-late"));
        Assert.Equal(Happened(RequestAct.Extend), Told("extended"));
        Assert.Equal(Happened(RequestAct.Reissue), Told("reissued"));
        Assert.Equal(Happened(RequestAct.Annul), Told("annulled"));
        Assert.Equal(Happened(RequestAct.Close), Told("closed"));
        Assert.Equal(history.Steps.Count(step => step.Act == RequestAct.PassDue && !step.Before.Waits), Told("no-answer"));
        Assert.Equal(told.Count, counts.Values.Sum());
    }

    [Property]
    public void What_the_public_was_told_stays_told(NotaMoves moves)
    {
        foreach (var step in NotaHistory.Of(moves).Steps.Where(step => !step.Before.Waits))
        {
            var before = step.Before.TimelineAt(step.At, NotaHistory.Cycle).Select(one => (one.At, one.What));
            var after = step.After.TimelineAt(step.At, NotaHistory.Cycle).Select(one => (one.At, one.What)).ToList();
            Assert.All(before, one => Assert.Contains(one, after));
        }
    }

    [Property(Arbitrary = [])]
    public void A_deadline_ends_at_the_last_second_of_its_day_in_Panama(ushort day)
    {
        var due = new LocalDate(2018, 1, 1).PlusDays(day % 2000);
        var panama = Offset.FromHours(-5);
        var end = due.At(new LocalTime(23, 59, 59)).WithOffset(panama).ToInstant();
        Assert.Equal(end + Duration.FromSeconds(1), NotaHistory.Cycle.EndOf(due));

        var nota = NotaHistory.Of(new NotaMoves(0, [new(NotaMoveKind.Extend)])).Nota with { Due = due };
        Assert.Equal(AnswerWindow.Open, AnswerRules.WindowOf(nota, NotaHistory.Cycle, end));
        Assert.Equal(AnswerWindow.Late, AnswerRules.WindowOf(nota, NotaHistory.Cycle, end + Duration.FromSeconds(1)));
    }

    /// <summary>Read off the steps: which due date was in force on that day, and whether the clock stood still.</summary>
    private static bool CameLate(NotaHistory history, NotaStep entry, LocalDate day)
    {
        var cycle = NotaHistory.Cycle;
        var then = history.Steps.Take(history.Steps.IndexOf(entry)).Where(step => cycle.DateOf(step.At) <= day).Select(step => step.After)
            .LastOrDefault(history.Steps.First(step => step.Act == RequestAct.Send || !step.Before.Waits).Before);
        return day > then.Due && !(then.HeldSince is { } held && cycle.DateOf(held) <= then.Due);
    }

    private static OfficialRequest WithoutTries(OfficialRequest request) => request with
    {
        WrongCodes = [],
        Draft = request.Draft is { } draft ? draft with { WrongCodes = 0 } : null,
        PendingDelegation = request.PendingDelegation is { } pending ? pending with { WrongCodes = 0 } : null,
    };

    private static IEnumerable<NotaStep> HappenedIn(NotaHistory history) => history.Steps.Where(step => step.Act is not null);

    private static Transition<RequestPhase, RequestAct> TransitionOf(NotaStep step) => new(step.From, step.Act!.Value, step.To);
}
