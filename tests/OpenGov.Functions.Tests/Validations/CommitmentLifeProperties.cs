using FsCheck;
using FsCheck.Xunit;
using OpenGov.Functions.Requests;

namespace OpenGov.Functions.Validations;

/// <summary>Whatever institutions answer, staff close and ANTAI decides, in any order.</summary>
public sealed class CommitmentLifeProperties
{
    /// <summary>Histories that chance finds too seldom.</summary>
    private static readonly byte[][] Seldom =
    [
        // The lead's refusal is upheld; it approves after all, or its counterproposal is accepted, or it goes back and forth.
        [2, 0, 13, 40, 12], [2, 0, 13, 40, 6], [2, 0, 13, 40, 14, 13], [0, 0, 2, 18, 1, 2],
        // A supporter's refusal is upheld, and then accepted or asked again.
        [2, 0, 2, 18, 17], [2, 0, 2, 18, 51],
        // A silent lead is asked again and approves; that nota is annulled.
        [0, 0, 15, 7, 12, 16],
        // A supporter that was still waited for becomes the lead and approves; that nota is annulled.
        [1, 0, 13, 8, 23, 27],
    ];

    [Property(MaxTest = 400, EndSize = 60)]
    public void Every_step_is_in_the_table(byte[] acts) =>
        Assert.All(CommitmentHistory.Of(acts).Steps, step => Assert.Contains(step, CommitmentLife.Table));

    [Property(MaxTest = 400, EndSize = 60)]
    public void Silence_never_approves(byte[] acts)
    {
        var history = CommitmentHistory.Of(acts);
        if (history.Standing.State == CommitmentState.Validated)
        {
            Assert.All(history.Standing.Participants.Where(participant => !participant.HasDropped), participant => Assert.True(
                participant.Answer is { Choice: ValidationKind.Approve }
                || (participant.Answer is { Choice: ValidationKind.NotViable } said
                    && history.Case.Versions.Any(version => version.Decision is { Kind: DecisionKind.Accept } && version.Text == said.Texts[ValidationKind.Counterproposal]))));
            Assert.Contains(history.Standing.Participants, participant => participant is { IsLead: true, Position: Position.Approves });
        }
    }

    [Property(MaxTest = 400, EndSize = 60)]
    public void The_last_word_of_each_institution_counts_and_no_other(byte[] acts)
    {
        var history = CommitmentHistory.Of(acts);
        foreach (var participant in history.Standing.Participants)
        {
            var since = history.Case.Decisions.LastOrDefault(decision => decision.Kind == DecisionKind.Revise)?.At;
            var nota = history.Notas.Where(nota => nota.Institution == participant.Institution && !nota.IsAnnulled && (since is null || nota.SentAt >= since)).MaxBy(nota => nota.Id, StringComparer.Ordinal);
            Assert.Equal(nota?.Id, participant.Ask?.Nota);
            Assert.Equal(nota?.Standing?.Version, participant.Ask?.Request?.Answer?.Version);
            Assert.Equal(nota?.Standing is null, participant.Answer is null);
        }
    }

    [Property(MaxTest = 400, EndSize = 60)]
    public void No_answer_is_lost_and_none_that_says_no_is_passed_over(byte[] acts)
    {
        var history = CommitmentHistory.Of(acts);
        var live = history.Notas.Where(nota => !nota.IsAnnulled).ToList();
        Assert.Equal(live.Count, history.Commitment.Asks.Count);
        Assert.Equal(live.Count(nota => nota.Standing is not null), history.Commitment.Asks.Count(ask => ask.Answer is not null));
        if (history.Standing.State is CommitmentState.Validated or CommitmentState.Asked)
        {
            Assert.Empty(history.Commitment.ToDecide);
        }
    }

    [Property(MaxTest = 400, EndSize = 60)]
    public void A_decision_on_an_answer_that_is_not_the_last_changes_nothing(byte[] acts, byte kind)
    {
        var history = CommitmentHistory.Of(acts);
        foreach (var ask in history.Commitment.Asks)
        {
            var participant = history.Standing.Participants.FirstOrDefault(one => one.Institution == ask.Institution);
            if (participant?.Ask?.Nota != ask.Nota)
            {
                var hash = ask.Answer is null ? null : Consolidation.Fingerprint(ask.Answer);
                var decisions = history.Case.Decisions.Count;
                Assert.NotNull(history.Decide(new AskedDecision((DecisionKind)(kind % 4), "Tarde.", ask.Institution, ask.Nota, hash, null, "MIDES", new(2019, 10, 11))));
                Assert.Equal(decisions, history.Case.Decisions.Count);
            }
        }
    }

    [Fact]
    public void Every_row_of_the_table_happens_in_some_history()
    {
        var random = new Random(20191001);
        var reached = new HashSet<Transition<CommitmentState, CommitmentAct>>();
        var situations = new HashSet<string>();
        List<byte[]> beginnings = [[0], [1], [2], .. Seldom];
        reached.UnionWith(Seldom.SelectMany(acts => CommitmentHistory.Of(acts).Steps));
        for (var tries = 0; tries < 20_000 && reached.Count < CommitmentLife.Table.Count; tries++)
        {
            // On from histories that led to a new situation: chance alone needs hours for the rare rows.
            var more = new byte[random.Next(1, 4)];
            random.NextBytes(more);
            byte[] acts = [.. beginnings[random.Next(beginnings.Count)], .. more];
            var history = CommitmentHistory.Of(acts);
            reached.UnionWith(history.Steps);
            if (situations.Add(Situation(history)))
            {
                beginnings.Add(acts);
            }
        }
        Assert.Equal([], CommitmentLife.Table.Except(reached));
    }

    private static string Situation(CommitmentHistory history) => string.Join(
        ';', history.Standing.Participants.Select(participant => $"{participant.Position} {participant.Decision?.Kind} {participant.Ask?.FollowsDecision} {participant.Ask?.Request?.Request.ClosedAt is null}"))
        + string.Join(' ', history.Case.Decisions.Select(decision => decision.Kind).Distinct().Order());
}
