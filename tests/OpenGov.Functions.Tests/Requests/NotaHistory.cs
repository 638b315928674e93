using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using NodaTime;
using NodaTime.Text;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Requests;

/// <summary>One thing that was tried with a nota, or that time did.</summary>
/// <param name="Act">What happened; null where the rules refused it, or where it changes no phase (a wrong code, a delegation asked for).</param>
/// <param name="IsDead">It was tried with a link or a code that must not act.</param>
public sealed record NotaStep(
    Instant At, NotaMove Move, string Words, RequestAct? Act, bool IsDead, OfficialRequest Before, OfficialRequest After, RequestPhase From, RequestPhase To);

/// <summary>A nota's history by the rules alone, guarded as the handlers guard it, without storage.</summary>
public sealed class NotaHistory
{
    public const int Beginnings = 5;
    public static readonly Cycle Cycle = CycleFile.Read("panama-2019-2021");
    private static readonly RequestLinks Links = new(null!, new SigningKeys(new ConfigurationBuilder().AddInMemoryCollection(
        [KeyValuePair.Create<string, string?>("Signing:Keys", Convert.ToBase64String(new byte[32]))]).Build()), null!, null!, null!);
    private static readonly Office FirstOffice = new("Ministro/a", "despacho@example.org");
    private readonly List<int> generations = [0];
    private readonly List<string> codes = [];

    private NotaHistory(int beginning)
    {
        // A working week ahead; until a Saturday; over the holidays of November; until the day itself; put aside for a new holder.
        var (sent, due) = beginning switch
        {
            0 => ("2019-10-01T09:00:00", new LocalDate(2019, 10, 11)),
            1 => ("2019-10-04T16:30:00", new LocalDate(2019, 10, 12)),
            2 => ("2019-10-29T23:59:59", new LocalDate(2019, 11, 4)),
            3 => ("2019-10-11T10:00:00", new LocalDate(2019, 10, 11)),
            _ => ("2019-06-26T09:00:00", new LocalDate(2019, 7, 3)),
        };
        Now = LocalDateTimePattern.ExtendedIso.Parse(sent).Value.InZoneStrictly(Cycle.Zone).ToInstant();
        Nota = new OfficialRequest(
            Cycle.Id, "001-2019", "validation", "Nota N.º 001-2019", 1, "MEF", "Ministerio de Economía y Finanzas", FirstOffice, "secretaria@example.org",
            [new RequestItem("C-01", "Título", "Texto")], Now, due)
        { Waits = beginning == 4 };
    }

    public OfficialRequest Nota { get; private set; }

    public Instant Now { get; private set; }

    public List<NotaStep> Steps { get; } = [];

    /// <summary>By version, as they are stored.</summary>
    public Dictionary<int, RequestAnswer> Answers { get; } = [];

    public string InWords => string.Join('\n', Steps.Select(step =>
        $"{LocalText(step.At)}  {step.Words}{(step.Act is null ? "" : $": {step.From} → {step.To}")}").Prepend($"due {Steps.FirstOrDefault()?.Before.Due}").Prepend("").Append(""));

    public static NotaHistory Of(NotaMoves moves)
    {
        var history = new NotaHistory(moves.Beginning);
        foreach (var move in moves.Moves)
        {
            history.Try(move);
        }
        return history;
    }

    private LocalDate Today => Cycle.DateOf(Now);

    private void Try(NotaMove move)
    {
        switch (move.Kind)
        {
            case NotaMoveKind.Wait: Wait(move); break;
            case NotaMoveKind.Prepare: Prepare(move); break;
            case NotaMoveKind.TypeCode: TypeCode(move, codes.Count == 0 ? "000000" : codes[^(1 + (move.Which % codes.Count))], move.HowMuch); break;
            case NotaMoveKind.Guess: TypeCode(move, Wrong(), move.Which); break;
            case NotaMoveKind.AskToDelegate: AskToDelegate(move); break;
            case NotaMoveKind.RecordPaper: RecordPaper(move); break;
            case NotaMoveKind.Send: Staff(move, RequestAct.Send, DueRules.ForReissue(Nota, Cycle, Today), (due, act) => RequestLife.Send(Nota, To(FirstOffice), due, act)); break;
            case NotaMoveKind.Extend: Extend(move); break;
            case NotaMoveKind.Reissue: Reissue(move); break;
            case NotaMoveKind.Readdress: Staff(move, RequestAct.Readdress, Nota.Due, (_, act) => RequestLife.Readdress(Nota, To(FirstOffice), act)); break;
            case NotaMoveKind.Hold: Staff(move, RequestAct.Hold, Nota.Due, (_, act) => RequestLife.Hold(Nota, act)); break;
            case NotaMoveKind.Release: Staff(move, RequestAct.Release, Nota.HeldSince is null ? Nota.Due : DueRules.AfterHold(Nota, Cycle, Today), (due, act) => RequestLife.Release(Nota, due, act)); break;
            // Seldom, so that histories go on.
            case NotaMoveKind.Annul when move.Which == 0: Staff(move, RequestAct.Annul, Nota.Due, (_, act) => RequestLife.Annul(Nota, act)); break;
            case NotaMoveKind.Close: Close(move); break;
        }
    }

    private void Wait(NotaMove move)
    {
        var (before, now) = (Now, Now.InZone(Cycle.Zone));
        var later = move.Which switch
        {
            0 => Now + Duration.FromSeconds(1),
            1 => Now + Duration.FromMinutes(10),
            2 => Now + Duration.FromHours(1),
            3 => Cycle.EndOf(Nota.Due) - Duration.FromSeconds(1),
            4 => Cycle.EndOf(Nota.Due),
            5 => Cycle.EndOf(now.Date) - Duration.FromSeconds(1),
            6 => Cycle.EndOf(now.Date),
            7 => Cycle.StartOf(now.Date.Next(IsoDayOfWeek.Saturday)) + Duration.FromHours(10),
            8 => Cycle.StartOf(Cycle.Holidays.Where(day => day > now.Date).Append(now.Date.PlusDays(1)).Min()) + Duration.FromHours(12),
            9 => Now + Duration.FromDays(1),
            10 => Now + Duration.FromDays(3),
            _ => Now + Duration.FromDays(8),
        };
        var from = Nota.PhaseAt(before, Cycle);
        Now = Instant.Max(before, later);
        var passes = from is RequestPhase.Sent or RequestPhase.Prepared && before < Cycle.EndOf(Nota.Due) && Now >= Cycle.EndOf(Nota.Due);
        Steps.Add(new NotaStep(Now, move, passes ? "its date passes" : "time passes", passes ? RequestAct.PassDue : null, false, Nota, Nota, from, Nota.PhaseAt(Now, Cycle)));
    }

    private void Prepare(NotaMove move) => ByLink(move, move.Which, $"an answer is prepared ({(move.HowMuch == 0 ? "approve" : "not-viable")})", () =>
    {
        if (!AnswerRules.IsAccepting(AnswerRules.WindowOf(Nota, Cycle, Now)) || AnswerRules.AsksForTooManyCodes(Nota, Now))
        {
            return null;
        }
        var version = Nota.Prepared.Count + 1;
        Answers.Add(version, Answer(version, null));
        Nota = AnswerRules.Prepare(Nota, Now);
        codes.Add(Links.CodeFor(Nota, version));
        return RequestAct.Prepare;
    });

    private void TypeCode(NotaMove move, string code, int link) => ByLink(move, link, $"the code {code} is typed", () =>
    {
        if (Nota.Confirmations.LastOrDefault(confirmation => confirmation.Paper is null) is { } last && Links.CodeFor(Nota, last.Version) == code
            || Nota.Delegation is { } delegation && Links.CodeForDelegation(Nota, delegation.Number) == code)
        {
            return null;
        }
        var (phase, answer, delegating) = (Nota.PhaseAt(Now, Cycle), AnswerRules.CanBeConfirmed(Nota), AnswerRules.CanBeDelegated(Nota));
        if (!answer && !delegating)
        {
            return null;
        }
        if (answer && Links.CodeFor(Nota, Nota.Draft!.Version) == code)
        {
            if (!RequestLife.Allows(phase, RequestAct.Confirm) || !AnswerRules.IsAccepting(AnswerRules.WindowOf(Nota, Cycle, Now)))
            {
                return null;
            }
            Nota = AnswerRules.Confirm(Nota, Answers[Nota.Draft.Version], Cycle, Now);
            return RequestAct.Confirm;
        }
        if (delegating && Links.CodeForDelegation(Nota, Nota.PendingDelegation!.Asked.Number) == code)
        {
            if (!RequestLife.Allows(phase, RequestAct.Delegate))
            {
                return null;
            }
            Nota = RequestLife.Delegate(Nota, Now);
            return RequestAct.Delegate;
        }
        Nota = AnswerRules.CountWrongCode(Nota, Now);
        return null;
    }, isDead: code != LiveCode() && code != LiveDelegationCode());

    private void AskToDelegate(NotaMove move) => ByLink(move, move.Which, "a delegation is asked for", () =>
    {
        if (RequestLife.Allows(Nota.PhaseAt(Now, Cycle), RequestAct.Delegate) && !AnswerRules.AsksForTooManyCodes(Nota, Now))
        {
            Nota = AnswerRules.AskToDelegate(Nota, "Eva", "Dirección", "eva@example.org", Now);
            codes.Add(Links.CodeForDelegation(Nota, Nota.PendingDelegation!.Asked.Number));
        }
        return null;
    });

    private void RecordPaper(NotaMove move)
    {
        var received = Today.PlusDays(-move.Which);
        // A third of the papers bear no date; few are signed after they came.
        var paper = new PaperSource(received, move.HowMuch % 3 == 0 ? null : received.PlusDays(1 - (move.HowMuch / 2)), $"scan-{Nota.Prepared.Count + 1}", "staff");
        Change(move, $"a paper of {paper.ReceivedOn}, signed {paper.SignedOn?.ToString() ?? "on no date"}, is entered", isDead: false, () =>
        {
            if (!RequestLife.Allows(Nota.PhaseAt(Now, Cycle), RequestAct.RecordPaper) || AnswerRules.FaultOf(Nota, paper, Cycle, Now) is not null)
            {
                return null;
            }
            var version = Nota.Prepared.Count + 1;
            Answers.Add(version, Answer(version, paper));
            Nota = AnswerRules.RecordPaper(Nota, Answers[version], Cycle, Now);
            return RequestAct.RecordPaper;
        });
    }

    private void Extend(NotaMove move)
    {
        var due = Nota.Due.PlusDays(move.Which - 2);
        Staff(move, RequestAct.Extend, due, (_, act) => RequestLife.Extend(Nota, due, act), () => due > Nota.Due && due >= Today);
    }

    private Addressee To(Office office) => new(Nota.Institution, Nota.InstitutionName, office, Nota.SecretariatMailbox);

    private void Reissue(NotaMove move)
    {
        var due = move.Which < 4 ? DueRules.ForReissue(Nota, Cycle, Today) : Today.PlusDays(move.Which - 5);
        Staff(move, RequestAct.Reissue, due, (_, act) => RequestLife.Reissue(Nota, To(new Office("Ministro/a", "despacho@example.org", $"Titular {Nota.Term + 1}")), due, act),
            () => due >= Nota.Due && due >= Today);
    }

    private void Close(NotaMove move) => Change(move, "its round is closed", isDead: false, () =>
    {
        if (!RequestLife.CanBeClosed(Nota, Cycle, Now))
        {
            return null;
        }
        Nota = RequestLife.Close(Nota, Now);
        return RequestAct.Close;
    });

    private void Staff(NotaMove move, RequestAct act, LocalDate due, Func<LocalDate, RecordedAct, OfficialRequest> apply, Func<bool>? isValid = null) =>
        Change(move, $"staff: {act}{(due == Nota.Due ? "" : $" until {due}")}", isDead: false, () =>
        {
            if (!RequestLife.Allows(Nota.PhaseAt(Now, Cycle), act) || isValid?.Invoke() == false)
            {
                return null;
            }
            Nota = apply(due, new RecordedAct(act, Now, "staff", "Porque sí."));
            if (Nota.Generation != generations[^1])
            {
                generations.Add(Nota.Generation);
            }
            return act;
        });

    private void ByLink(NotaMove move, int back, string words, Func<RequestAct?> what, bool isDead = false)
    {
        var generation = generations[^(1 + (back % generations.Count))];
        var isOpen = generation == Nota.Generation && !Nota.Waits;
        Change(move, $"by link {generation} {words}", isDead || !isOpen || Nota.IsAnnulled || Nota.ClosedAt is not null, () => isOpen ? what() : null);
    }

    private void Change(NotaMove move, string words, bool isDead, Func<RequestAct?> what)
    {
        var (before, from) = (Nota, Nota.PhaseAt(Now, Cycle));
        var act = what();
        var end = act is not null ? "" : Nota == before ? " (refused)" : " (noted)";
        Steps.Add(new NotaStep(Now, move, words + end, act, isDead, before, Nota, from, Nota.PhaseAt(Now, Cycle)));
    }

    private RequestAnswer Answer(int version, PaperSource? paper) => new(
        Nota.Id, version, [new ItemAnswer("C-01", "approve", new Dictionary<string, string>())], $"Ana {version}", "Despacho", Now, paper);

    private string? LiveCode() => AnswerRules.CanBeConfirmed(Nota) ? Links.CodeFor(Nota, Nota.Draft!.Version) : null;

    private string? LiveDelegationCode() => AnswerRules.CanBeDelegated(Nota) ? Links.CodeForDelegation(Nota, Nota.PendingDelegation!.Asked.Number) : null;

    private string Wrong() => Enumerable.Range(0, 3).Select(number => number.ToString("D6", CultureInfo.InvariantCulture)).First(code => code != LiveCode() && code != LiveDelegationCode());

    private static string LocalText(Instant at) => at.InZone(Cycle.Zone).ToString("ddd yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
