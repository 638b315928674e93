using FsCheck.Xunit;
using NodaTime;

namespace OpenGov.Functions.Emails;

public sealed class MailTransitionsProperties
{
    private static readonly Instant Now = Instant.FromUtc(2019, 10, 1, 14, 0);
    private static readonly DateTimeOffset SystemNow = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly Mail Sending = new(MailSending.EffectTo("ana@example.org"), MailState.Sending, "a", SystemNow, 1) { Since = Now };

    [Property]
    public bool Events_in_any_order_and_however_often_end_in_the_same_state(byte[] told, int seed)
    {
        var events = told.Select(EventOf).ToList();
        var random = new Random(seed);
        var otherwise = events.Concat(events.Where(_ => random.Next(2) == 0)).OrderBy(_ => random.Next()).ToList();
        return Hear(Sending, events) == Hear(Sending, otherwise);
    }

    [Property]
    public bool A_batch_ends_as_its_events_one_by_one(byte[] told)
    {
        var events = told.Select(EventOf).ToList();
        return events.Count == 0 || Hear(Sending, events) == Hear(Sending, [events.Aggregate(MailTransitions.Weightier)]);
    }

    [Property]
    public bool Our_own_answer_and_the_events_may_come_in_any_order(byte[] told, byte answer, int seed)
    {
        var act = new[] { MailAct.Accept, MailAct.PutOff, MailAct.Refuse, MailAct.Lose }[answer % 4];
        var events = told.Select(EventOf).ToList();
        var at = events.Count == 0 ? 0 : new Random(seed).Next(events.Count + 1);
        var between = Hear(Act(Hear(Sending, events[..at]), act), events[at..]);
        return between == Hear(Act(Sending, act), events);
    }

    [Property]
    public bool No_history_loses_a_bounce_of_its_last_round(byte[] told, bool lost)
    {
        var events = told.Select(EventOf).ToList();
        var mail = Hear(lost ? Act(Sending, MailAct.Lose) : Sending, events);
        var bounced = events.Any(one => one.Round == mail.Round && one.Told.News >= MailNews.Dropped);
        return bounced == (mail.State == MailState.Bounced) && (!bounced || mail.NeedsStaff);
    }

    [Property]
    public bool A_delivery_settles_what_was_unknown_and_takes_it_from_the_tasks(bool resent)
    {
        var unknown = Act(Sending, MailAct.Lose) with { Resent = resent, Escalated = true };
        var told = MailTransitions.Tell(unknown, 1, new MailTold(MailNews.Delivered, SystemNow, null));
        return unknown.NeedsStaff && !told.NeedsStaff && told.State == MailState.Delivered && MailTransitions.LookAgainAt(told) is null;
    }

    [Property]
    public bool What_is_told_of_an_address_that_was_corrected_changes_nothing(byte[] told)
    {
        var corrected = MailTransitions.Reopen(Act(Sending, MailAct.Accept), "otra@example.org", "b", SystemNow, Now)!;
        return Hear(corrected, [.. told.Select(EventOf).Where(one => one.Round == 1)]) == corrected;
    }

    [Fact]
    public void A_mail_of_which_nobody_tells_goes_once_more_after_an_hour_and_is_a_task_after_another()
    {
        var hour = MailTransitions.EventPatience;
        var lost = Act(Sending, MailAct.Lose);
        Assert.Null(MailTransitions.Unheard(lost, SystemNow, Now + hour - Duration.FromSeconds(1)));

        var repeated = MailTransitions.Unheard(lost, SystemNow, Now + hour)!;
        Assert.True(MailTransitions.GoesAgain(lost, repeated));
        Assert.Equal((MailState.Pending, true, 1), (repeated.State, repeated.Resent, repeated.Round));

        var begun = MailTransitions.After(repeated, MailAct.Begin, SystemNow, Now + hour)!;
        var accepted = MailTransitions.After(begun, MailAct.Accept, SystemNow, Now + hour)!;
        Assert.Equal(MailState.Unknown, accepted.State);
        Assert.False(accepted.NeedsStaff);
        var task = MailTransitions.Unheard(accepted, SystemNow, Now + hour + hour)!;
        Assert.True(task.NeedsStaff);
        Assert.False(MailTransitions.GoesAgain(accepted, task));
        Assert.Null(MailTransitions.Unheard(task, SystemNow, Now + hour + hour + hour));
    }

    [Fact]
    public void A_mail_refused_for_now_of_which_an_event_tells_that_it_was_accepted_is_not_sent_again()
    {
        var putOff = Act(Sending, MailAct.PutOff);
        Assert.Equal(ClaimStep.Send, MailClaims.Next(putOff, "b", SystemNow).Step);
        Assert.Equal(ClaimStep.Done, MailClaims.Next(MailTransitions.Tell(putOff, 1, new MailTold(MailNews.Accepted, SystemNow, null)), "b", SystemNow).Step);
    }

    [Fact]
    public void What_is_settled_is_a_task_again_only_by_another_trouble()
    {
        var task = Act(Sending, MailAct.Lose) with { Resent = true, Escalated = true };
        var settled = task with { Settled = new MailSettlement(task.State, "organiser-1", "por teléfono", Now) };
        Assert.False(settled.NeedsStaff);
        Assert.True(MailTransitions.Tell(settled, 1, new MailTold(MailNews.Bounced, SystemNow, "550")).NeedsStaff);
    }

    private static Mail Act(Mail mail, MailAct act) => MailTransitions.After(mail, act, SystemNow, Now) ?? throw new InvalidOperationException();

    private static Mail Hear(Mail mail, IEnumerable<MailEvent> events) => events.Aggregate(mail, (heard, one) => MailTransitions.Tell(heard, one.Round, one.Told));

    private static MailEvent EventOf(byte seed) => new(
        "k", (seed % 2) + 1, new MailTold((MailNews)(seed / 2 % 4), SystemNow.AddSeconds(seed / 8 % 4), (seed / 32 % 3) switch { 0 => null, 1 => "550", _ => "551" }));
}
