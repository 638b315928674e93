using System.Text.Json;
using NodaTime;
using OpenGov.Functions.Commitments;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Validations;

/// <summary>A commitment, its notas, their answers and ANTAI's decisions, by the rules alone and without storage.</summary>
public sealed class CommitmentHistory
{
    private static readonly string[] Choices = [ValidationKind.Approve, ValidationKind.NotViable, ValidationKind.NotCompetent];
    private static readonly string[] Institutions = ["AIG", "IDAAN", "MEF", "MIDES", "MOP"];
    private static readonly LocalDate Due = new(2019, 10, 11);
    private readonly List<Dispatch> dispatches = [];
    private readonly Dictionary<string, AnsweredRequest> requests = [];
    private NotaBook book = new(0, 0);
    private Instant now = Instant.FromUtc(2019, 10, 1, 14, 0);

    public CommitmentHistory(params IReadOnlyList<string> supporting) =>
        Case = new(new CommitmentProposal("C-01", "Datos abiertos", "Transparencia", "Publicar los datos.", "MEF", supporting, []));

    public CommitmentCase Case { get; private set; }

    public List<Transition<CommitmentState, CommitmentAct>> Steps { get; } = [];

    public ConsolidatedCommitment Commitment
    {
        get
        {
            var asks = Ask.Of(dispatches, requests.Values)[Case.Draft.Number].ToList();
            return new ConsolidatedCommitment(Case, Consolidation.Of(Case, asks), asks, Case.Draft, true);
        }
    }

    public Standing Standing => Commitment.Standing;

    public IEnumerable<OfficialRequest> Notas => requests.Values.Select(answered => answered.Request);

    /// <summary>A commitment of as many supporters as the first byte says; then one act for each byte, where the rules allow it.</summary>
    public static CommitmentHistory Of(IReadOnlyList<byte> acts)
    {
        var history = new CommitmentHistory([.. new[] { "AIG", "MOP" }.Take(acts.Count == 0 ? 0 : acts[0] % 3)]);
        foreach (var act in acts.Skip(1))
        {
            history.Act(act % 11, act / 11);
        }
        return history;
    }

    public bool AskAll() => Step(CommitmentAct.Ask, () =>
    {
        if (!Standing.IsToBeAsked)
        {
            return false;
        }
        var round = DispatchRules.Plan([Case], book, Due, now, 2019);
        book = new NotaBook(book.LastNumber + round.Notas.Count, round.Round);
        dispatches.Add(round);
        round.Notas.ToList().ForEach(Send);
        return true;
    });

    public bool Answer(string nota, string choice, string text = "") => Step(CommitmentAct.Answer, () =>
    {
        if (requests.GetValueOrDefault(nota) is not { Request: { ClosedAt: null, IsAnnulled: false } request })
        {
            return false;
        }
        var texts = choice switch
        {
            ValidationKind.NotViable => new Dictionary<string, string> { ["reasons"] = "Sin fondos.", [ValidationKind.Counterproposal] = $"Un piloto {text}." },
            ValidationKind.NotCompetent => new Dictionary<string, string> { ["competent"] = "MIDES" },
            _ => [],
        };
        var version = request.Prepared.Count + 1;
        var answer = new RequestAnswer(request.Id, version, [new ItemAnswer(Case.Draft.Number, choice, texts)], "Ana", "Secretaría", now);
        request = request with { Prepared = [.. request.Prepared, now], Confirmations = [.. request.Confirmations, new Confirmation(version, now, false, answer.Hash())] };
        requests[nota] = new AnsweredRequest(request, [.. requests[nota].Confirmed, answer]);
        return true;
    });

    public bool Close(int round) => Step(CommitmentAct.CloseRound, () => Change(
        nota => nota.Round == round && nota.ClosedAt is null && !nota.IsAnnulled, nota => RequestLife.Close(nota, now)));

    public bool Annul(string id) => Step(CommitmentAct.AnnulNota, () => Change(
        nota => nota.Id == id && nota.ClosedAt is null && !nota.IsAnnulled, nota => RequestLife.Annul(nota, new RecordedAct(RequestAct.Annul, now))));

    public Deciding? Decide(AskedDecision asked)
    {
        Deciding? refusal = null;
        Step(CommitmentLife.ActOf(asked.Kind), () =>
        {
            refusal = DecisionRules.Refusal(Commitment, asked, Institutions.ToHashSet(), new LocalDate(2019, 10, 1));
            if (refusal is not null)
            {
                return false;
            }
            var decision = DecisionRules.Of(Commitment, asked, now, "staff");
            if (DecisionRules.FollowUpTo(decision) is { } to)
            {
                var nota = DispatchedNota.Of(book.LastNumber + 1, 2019, to, [DispatchRules.AskedOf(Case)]);
                decision = decision with { FollowUp = nota.Id };
                var round = DispatchRules.FollowUp(dispatches, book, Due, nota with { Cause = decision }, now);
                book = new NotaBook(nota.Order, Math.Max(book.LastRound, round.Round));
                dispatches.RemoveAll(known => known.Round == round.Round);
                dispatches.Add(round);
                Send(round.Notas[^1]);
            }
            Case = Case with { Decisions = [.. Case.Decisions, decision] };
            return true;
        });
        return refusal;
    }

    public static AskedDecision On(Participant participant, DecisionKind kind, string? replacement = null) => new(
        kind, "Por esta razón.", participant.Institution, participant.Ask?.Nota, participant.AnswerHash, null, replacement, Due);

    private void Act(int what, int which)
    {
        now += Duration.FromMinutes(1);
        var nota = requests.Count == 0 ? "" : requests.Keys.Order(StringComparer.Ordinal).ElementAt(which % requests.Count);
        var participant = Standing.Participants[which % Standing.Participants.Count];
        _ = what switch
        {
            0 => AskAll(),
            1 or 2 or 3 => Answer(nota, Choices[what - 1], $"{which}"),
            4 => Close(which % (book.LastRound + 1)),
            5 => Annul(nota),
            6 => Decide(On(participant, DecisionKind.Accept)) is null,
            7 => Decide(On(participant, which % 2 == 0 ? DecisionKind.AskAgain : DecisionKind.Uphold)) is null,
            8 => Decide(On(participant, DecisionKind.Replace, Institutions[which % Institutions.Length])) is null,
            9 => Decide(new AskedDecision(DecisionKind.Revise, "Se precisa el alcance.", Text: $"Publicar los datos, texto {Case.Decisions.Count}.")) is null,
            // Seldom, so that histories go on.
            _ => which > 20 && Decide(new AskedDecision(DecisionKind.Withdraw, "La institución desaparece.")) is null,
        };
    }

    private bool Change(Func<OfficialRequest, bool> which, Func<OfficialRequest, OfficialRequest> change)
    {
        var changed = requests.Values.Where(answered => which(answered.Request)).ToList();
        changed.ForEach(answered => requests[answered.Request.Id] = new AnsweredRequest(change(answered.Request), answered.Confirmed));
        return changed.Count > 0;
    }

    private void Send(DispatchedNota nota) => requests[nota.Id] = new AnsweredRequest(
        new OfficialRequest(
            "pa-2019", nota.Id, ValidationKind.Name, nota.Number, dispatches.Single(round => round.Notas.Any(sent => sent.Id == nota.Id)).Round, nota.Institution, nota.Institution,
            new Office("Ministro/a", "despacho@example.org"), "secretaria@example.org",
            [new RequestItem(Case.Draft.Number, Case.Draft.Title, Case.Current.Text)], now, Due),
        []);

    private bool Step(CommitmentAct act, Func<bool> what)
    {
        var before = Standing.State;
        var happened = what();
        if (happened)
        {
            Steps.Add(new Transition<CommitmentState, CommitmentAct>(before, act, Standing.State));
        }
        return happened;
    }
}
