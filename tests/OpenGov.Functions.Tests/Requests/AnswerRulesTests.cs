using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;

namespace OpenGov.Functions.Requests;

/// <summary>A nota of 1 October 2019 that is due on Friday the 11th.</summary>
public sealed class AnswerRulesTests
{
    private static readonly Cycle Cycle = CycleFile.Read("panama-2019-2021");

    private static readonly OfficialRequest Nota = new(
        Cycle.Id, "001-2019", "validation", "Nota N.º 001-2019", 1, "MEF", "Ministerio de Economía y Finanzas",
        new Office("Ministro/a", "despacho.mef@example.org"), "secretaria@example.org",
        [new RequestItem("C-01", "Título", "Texto")], At("2019-10-01T09:00:00"), new LocalDate(2019, 10, 11));

    private static readonly RequestAnswer Answer = new("001-2019", 1, [new ItemAnswer("C-01", "approve", new Dictionary<string, string>())], "Ana", "Despacho", At("2019-10-02T09:00:00"));

    [Theory]
    [InlineData("2019-10-11T23:59:59", AnswerWindow.Open, AnswerWindow.Open)]
    [InlineData("2019-10-12T00:00:00", AnswerWindow.Late, AnswerWindow.CorrectionOver)]
    [InlineData("2020-03-01T00:00:00", AnswerWindow.Late, AnswerWindow.CorrectionOver)]
    public void An_answer_is_taken_late_and_corrected_only_in_time(string now, AnswerWindow unanswered, AnswerWindow answered)
    {
        Assert.Equal(unanswered, AnswerRules.WindowOf(Nota, Cycle, At(now)));
        Assert.Equal(answered, AnswerRules.WindowOf(Confirmed("2019-10-03T09:00:00"), Cycle, At(now)));
        Assert.Equal(AnswerWindow.RoundClosed, AnswerRules.WindowOf(Nota with { ClosedAt = At(now) }, Cycle, At(now)));
    }

    [Theory]
    [InlineData("2019-10-11T23:59:59", false)]
    [InlineData("2019-10-12T00:00:00", true)]
    public void An_answer_is_late_by_the_second_at_which_the_office_confirms_it(string confirmedAt, bool late)
    {
        var request = Confirmed(confirmedAt);
        Assert.Equal(late, request.Standing!.Late);
        Assert.Equal(late, request.IsLateAt(At("2019-12-01T00:00:00"), Cycle));
        Assert.Equal(RequestState.Confirmed, request.StateAt(At("2019-12-01T00:00:00"), Cycle));
    }

    [Theory]
    [InlineData("2019-10-11T23:59:59", RequestState.Sent, "sent")]
    [InlineData("2019-10-12T00:00:00", RequestState.NoAnswer, "sent no-answer")]
    public void Without_an_answer_the_day_after_shows_it_in_public(string now, RequestState state, string timeline)
    {
        Assert.Equal(state, Nota.StateAt(At(now), Cycle));
        Assert.Equal(timeline, string.Join(' ', Nota.TimelineAt(At(now), Cycle).Select(step => step.What)));
    }

    [Theory]
    [InlineData("2019-10-03T09:00:00", "sent confirmed")]
    [InlineData("2019-10-16T09:00:00", "sent no-answer confirmed-late")]
    public void The_timeline_tells_whether_the_date_passed_first(string confirmedAt, string timeline) =>
        Assert.Equal(timeline, string.Join(' ', Confirmed(confirmedAt).TimelineAt(At("2019-11-01T00:00:00"), Cycle).Select(step => step.What)));

    [Fact]
    public void A_signed_nota_is_told_with_the_day_on_which_it_came_also_where_it_was_entered_after_the_date()
    {
        var paper = new PaperSource(new(2019, 10, 10), null, "hash", "organiser-1");
        var timeline = AnswerRules.RecordPaper(Nota, Answer with { Paper = paper }, Cycle, At("2019-10-22T09:00:00")).TimelineAt(At("2019-11-01T00:00:00"), Cycle);

        Assert.Equal([("sent", null), ("no-answer", null), ("signed", paper.ReceivedOn)], timeline.Select(step => (step.What, step.ReceivedOn)));
    }

    [Theory]
    [InlineData("2019-10-11T23:59:59", false)]
    [InlineData("2019-10-12T00:00:00", true)]
    public void A_round_is_not_closed_while_an_office_may_still_correct_its_answer(string now, bool closes)
    {
        var answered = Confirmed("2019-10-03T09:00:00");
        Assert.Equal(closes, RequestLife.CanBeClosed(answered, Cycle, At(now)));
        Assert.Equal(closes, RequestLife.CanBeClosed(AnswerRules.Prepare(answered, At("2019-10-04T09:00:00")), Cycle, At(now)));
    }

    [Fact]
    public void What_is_only_prepared_changes_nothing_in_public()
    {
        var prepared = AnswerRules.Prepare(Nota, At("2019-10-02T09:00:00"));
        Assert.Equal(new Draft(1, 0), prepared.Draft);
        Assert.Equal(RequestState.Sent, prepared.StateAt(At("2019-10-03T09:00:00"), Cycle));
        Assert.Equal(["sent"], prepared.TimelineAt(At("2019-10-03T09:00:00"), Cycle).Select(step => step.What));
    }

    [Fact]
    public void Five_wrong_codes_end_a_draft_and_the_next_version_begins_anew()
    {
        var tried = Enumerable.Range(0, AnswerRules.MostWrongCodes).Aggregate(AnswerRules.Prepare(Nota, Nota.SentAt), (request, _) =>
        {
            Assert.True(AnswerRules.CanBeConfirmed(request));
            return AnswerRules.CountWrongCode(request, Nota.SentAt);
        });
        Assert.False(AnswerRules.CanBeConfirmed(tried));
        Assert.True(AnswerRules.CanBeConfirmed(AnswerRules.Prepare(tried, Nota.SentAt)));
    }

    [Fact]
    public void Whoever_holds_the_link_cannot_flood_the_mailbox()
    {
        var many = Enumerable.Range(0, 12).Aggregate(Nota, (request, minute) => AnswerRules.Prepare(request, Nota.SentAt + Duration.FromMinutes(minute)));
        Assert.True(AnswerRules.AsksForTooManyCodes(many, Nota.SentAt + Duration.FromMinutes(30)));
        Assert.False(AnswerRules.AsksForTooManyCodes(many, Nota.SentAt + Duration.FromMinutes(61)));
    }

    [Fact]
    public void Whoever_holds_the_link_cannot_guess_for_ever()
    {
        var (request, now, tries) = (Nota, Nota.SentAt, 0);
        for (var hour = 0; hour < 24; hour++, now += Duration.FromHours(1))
        {
            while (!AnswerRules.AsksForTooManyCodes(request, now))
            {
                request = AnswerRules.AskToDelegate(AnswerRules.Prepare(request, now), "Eva", "Dirección", "eva@example.org", now);
                for (; AnswerRules.CanBeConfirmed(request); tries++)
                {
                    request = AnswerRules.CountWrongCode(request, now);
                }
            }
        }
        Assert.InRange(tries, 5, 20);
        Assert.InRange(request.WrongCodes.Count, 5, 20);
        Assert.True(AnswerRules.AsksForTooManyCodes(request, Nota.SentAt + Duration.FromHours(23)));
        Assert.False(AnswerRules.AsksForTooManyCodes(request, Nota.SentAt + Duration.FromHours(25)));
        Assert.Empty(RequestLife.Readdress(request, new Addressee("MEF", "MEF", request.Office, request.SecretariatMailbox), new RecordedAct(RequestAct.Readdress, now)).WrongCodes);
    }

    [Fact]
    public void The_hash_of_a_version_tells_every_change()
    {
        var others = new[] { Answer with { Name = "Eva" }, Answer with { Office = "Otro" }, Answer with { Version = 2 }, Answer with { Items = [new ItemAnswer("C-01", "not-viable", new Dictionary<string, string>())] } };
        Assert.Equal(Answer.Hash(), (Answer with { }).Hash());
        Assert.All(others, other => Assert.NotEqual(Answer.Hash(), other.Hash()));
    }

    private static OfficialRequest Confirmed(string at) => AnswerRules.Confirm(AnswerRules.Prepare(Nota, Nota.SentAt), Answer, Cycle, At(at));

    private static Instant At(string panamaTime) =>
        LocalDateTimePattern.ExtendedIso.Parse(panamaTime).Value.InZoneStrictly(DateTimeZoneProviders.Tzdb["America/Panama"]).ToInstant();
}
