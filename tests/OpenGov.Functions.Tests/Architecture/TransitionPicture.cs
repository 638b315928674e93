using System.Text.RegularExpressions;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Validations;

namespace OpenGov.Functions.Architecture;

/// <summary>Draws the code's own tables of transitions, as Mermaid that GitHub and editors show.</summary>
internal static partial class TransitionPicture
{
    /// <summary>So many arrows of one act to one state would hide the others: the state's box tells of them.</summary>
    private const int Many = 5;

    public static string File { get; } = Path.Combine(Checkout.Root, "functions", "App", "transitions.md");

    /// <summary>What the names of the code do not say by themselves.</summary>
    private static readonly Dictionary<Enum, string> Words = new()
    {
        [RequestPhase.Waiting] = "Waiting for a new holder",
        [RequestPhase.Silent] = "Silent: its date has passed",
        [RequestPhase.Correcting] = "Answered, and correcting",
        [RequestPhase.Held] = "Held: its time stands still",
        [RequestAct.Confirm] = "confirm by code",
        [RequestAct.RecordPaper] = "record a signed paper",
        [RequestAct.PassDue] = "its date passes",
        [RequestAct.Extend] = "give more time",
        [RequestAct.Reissue] = "reissue to a new holder",
        [RequestAct.Readdress] = "send to another mailbox",
        [RequestAct.Delegate] = "delegate by code",
        [RequestAct.Close] = "close the round",
        [CommitmentState.Proposed] = "Proposed: nobody was asked yet",
        [CommitmentState.Asked] = "Asked: answers are awaited",
        [CommitmentState.InReview] = "In review: an objection is open",
        [CommitmentState.Blocked] = "Blocked: no lead answers for it",
        [CommitmentAct.Ask] = "send a round",
        [CommitmentAct.Answer] = "an answer is recorded",
        [CommitmentAct.CloseRound] = "close a round",
        [CommitmentAct.AnnulNota] = "annul a nota",
        [CommitmentAct.Accept] = "accept a counterproposal",
        [CommitmentAct.AskAgain] = "ask again",
        [CommitmentAct.Uphold] = "uphold a refusal",
        [CommitmentAct.Replace] = "replace an institution",
        [CommitmentAct.Revise] = "revise the text",
        [MailState.Unknown] = "Unknown: nobody told what became of it",
        [MailState.Withdrawn] = "Withdrawn: overtaken before it went",
        [MailAct.Begin] = "a delivery begins",
        [MailAct.PutOff] = "not reached, or refused for now",
        [MailAct.Lose] = "the answer is lost",
        [MailAct.Repeat] = "goes once more",
        [MailAct.Reopen] = "staff send it again",
    };

    public static string Draw() => string.Join("\n",
    [
        "# What can happen",
        "",
        "Drawn from the tables by which the code decides; a test redraws it. What leaves a thing as it is (↺), and what leads to it from many states (⇥), stands in its box.",
        "",
        .. Diagram("A nota (`Requests/RequestLife.cs`)", RequestLife.Table),
        .. Diagram("A commitment (`Validations/CommitmentLife.cs`)", CommitmentLife.Table),
        .. Diagram("A mail (`Emails/MailTransitions.cs`)", MailTransitions.Table.Select(row => new Transition<MailState, MailAct>(row.Key.Known, row.Key.Act, row.Value))),
        "Signed events tell what became of a mail, whatever was known of it: "
            + string.Join("; ", Enum.GetValues<MailNews>().Select(news => $"*{Plain(news)}* makes it *{Plain(MailTransitions.StateOf(MailState.Sent, news))}*")) + ".",
        "",
    ]);

    private static IEnumerable<string> Diagram<TState, TAct>(string title, IEnumerable<Transition<TState, TAct>> table)
        where TState : struct, Enum where TAct : struct, Enum
    {
        var rows = table.Distinct().ToList();
        var states = Enum.GetValues<TState>().Where(state => rows.Any(row => row.From.Equals(state) || row.To.Equals(state))).ToList();
        var moves = rows.Where(row => !row.From.Equals(row.To)).ToLookup(row => rows.Count(other => other.Act.Equals(row.Act) && other.To.Equals(row.To)) >= Many);
        return
        [
            $"## {title}", "", "```mermaid", "stateDiagram-v2", "    direction LR",
            .. states.Select(state => $"    {state} : {string.Join("<br>", Box(state))}"),
            .. moves[false].GroupBy(row => (row.From, row.To))
                .Select(arrow => $"    {arrow.Key.From} --> {arrow.Key.To} : {string.Join("<br>", arrow.Select(row => TextOf(row.Act, ofAct: true)))}"),
            "```", "",
        ];

        IEnumerable<string> Box(TState state)
        {
            var staying = rows.Where(row => row.From.Equals(state) && row.To.Equals(state)).Select(row => $"↺ {TextOf(row.Act, ofAct: true)}");
            var coming = moves[true].Where(row => row.To.Equals(state)).GroupBy(row => row.Act)
                .Select(act => $"⇥ {TextOf(act.Key, ofAct: true)}, from<br>{string.Join(", ", act.Select(row => $"{row.From}"))}");
            string[] acts = [.. staying, .. coming];
            return acts.Length == 0 ? [TextOf(state)] : [TextOf(state), "", .. acts];
        }
    }

    private static string TextOf(Enum name, bool ofAct = false) => (Words.GetValueOrDefault(name) ?? (ofAct ? Plain(name) : Capital(Plain(name)))).Replace(":", " –", StringComparison.Ordinal);

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    private static string Plain(Enum name) => Capitals().Replace($"{name}", match => $" {match.Value.ToLowerInvariant()}").Trim();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capitals();
}
