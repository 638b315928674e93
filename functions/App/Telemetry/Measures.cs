using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OpenGov.Functions.Telemetry;

/// <summary>The figures by which one sees how the service does. No tag names a person, a place of residence or a text.</summary>
public sealed class Measures
{
    public const string Meter = "OpenGov.Functions";
    private readonly Counter<long> proposalsAccepted;
    private readonly Counter<long> proposalsRefused;
    private readonly Gauge<int> requests;
    private readonly Gauge<int> noticesLate;
    private readonly Gauge<double> outboxAge;
    private readonly Gauge<int> queuePoison;
    private readonly Histogram<double> queueDelay;
    private readonly Counter<long> mails;
    private readonly Counter<long> timerRuns;

    public Measures(IMeterFactory meters)
    {
        var meter = meters.Create(Meter);
        proposalsAccepted = meter.CreateCounter<long>(Names.ProposalsAccepted, "{proposal}", "Proposals accepted, by channel");
        proposalsRefused = meter.CreateCounter<long>(Names.ProposalsRefused, "{proposal}", "Proposals refused, by reason");
        requests = meter.CreateGauge<int>(Names.Requests, "{request}", "Notas of the cycle, by state");
        noticesLate = meter.CreateGauge<int>(Names.NoticesLate, "{notice}", "Notices that should have gone out");
        outboxAge = meter.CreateGauge<double>(Names.OutboxAge, "s", "How long the oldest effect has waited");
        queuePoison = meter.CreateGauge<int>(Names.QueuePoison, "{message}", "Messages put aside, by queue");
        queueDelay = meter.CreateHistogram<double>(Names.QueueDelay, "s", "From a message's hour to each try, by queue");
        mails = meter.CreateCounter<long>(Names.Mails, "{mail}", "What became of mails, by template and state");
        timerRuns = meter.CreateCounter<long>(Names.TimerRuns, "{run}", "Runs of timers that ended well");
    }

    public void ProposalAccepted(string channel) => proposalsAccepted.Add(1, new KeyValuePair<string, object?>("channel", channel));

    /// <param name="reason">A stable word, such as the code of the problem.</param>
    public void ProposalRefused(string reason) => proposalsRefused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Requests(string state, int count) => requests.Record(count, new KeyValuePair<string, object?>("state", state));

    public void NoticesLate(int count) => noticesLate.Record(count);

    public void OutboxAge(TimeSpan oldest) => outboxAge.Record(oldest.TotalSeconds);

    public void QueuePoison(string queue, int count) => queuePoison.Record(count, new KeyValuePair<string, object?>("queue", queue));

    public void QueueDelay(string queue, TimeSpan delay) => queueDelay.Record(delay.TotalSeconds, new KeyValuePair<string, object?>("queue", queue));

    public void Mail(string template, string state) => mails.Add(1, new TagList { { "template", template }, { "state", state } });

    public void TimerRun(string timer) => timerRuns.Add(1, new KeyValuePair<string, object?>("timer", timer));

    /// <summary>Alerts and the dashboard go by these.</summary>
    public static class Names
    {
        public const string ProposalsAccepted = "opengov.proposals.accepted";
        public const string ProposalsRefused = "opengov.proposals.refused";
        public const string Requests = "opengov.requests";
        public const string NoticesLate = "opengov.notices.late";
        public const string OutboxAge = "opengov.outbox.age";
        public const string QueuePoison = "opengov.queue.poison";
        public const string QueueDelay = "opengov.queue.delay";
        public const string Mails = "opengov.mails";
        public const string TimerRuns = "opengov.timer.runs";

        public static IReadOnlyList<string> All { get; } =
            [ProposalsAccepted, ProposalsRefused, Requests, NoticesLate, OutboxAge, QueuePoison, QueueDelay, Mails, TimerRuns];
    }
}
