using Microsoft.Extensions.Localization;
using NodaTime;
using OpenGov.Functions.Requests;

namespace OpenGov.Functions.Staff.Notas;

/// <summary>Something in a nota's course, in words.</summary>
/// <param name="By">Who of the staff; null where nobody of the staff.</param>
public sealed record StaffStep(Instant At, string What, string? By = null, string? Reason = null, LocalDate? Due = null);

/// <summary>The course of a nota as staff see it: also what was only prepared, who acted, and why.</summary>
public static class StaffSteps
{
    public static IReadOnlyList<StaffStep> Of(NotaPageModel model, IStringLocalizer<NotasTexts> texts, IStringLocalizer<RequestTexts> words)
    {
        var request = model.Request;
        var waited = request.Acts.Any(act => act.Act == RequestAct.Send);
        var answers = RequestTimeline.AnswersAt(request, model.Now, model.Cycle)
            // What waited was sent by its own act, and is not yet while it waits.
            .Where(step => step.What != "sent" || !(waited || request.Waits))
            .Select(step => new StaffStep(step.At, RequestWords.Step(step.What, model.Kind, words)));
        var prepared = model.Versions.Where(version => version.Paper is null)
            .Select(version => new StaffStep(version.PreparedAt, texts["StepPrepared", version.Version, version.Name, version.Office]));
        return [.. answers.Concat(prepared).Concat(request.Acts.Select((_, index) => OfAct(request, index, texts))).OrderBy(step => step.At)];
    }

    /// <summary>What who looked at revision <paramref name="seen"/> did not know of.</summary>
    public static IReadOnlyList<StaffStep> Since(NotaPageModel model, int seen, IStringLocalizer<NotasTexts> texts, IStringLocalizer<RequestTexts> words)
    {
        var request = model.Request;
        var acts = request.Acts.Select((_, index) => OfAct(request, index, texts));
        var confirmations = request.Confirmations.Select(confirmation => new StaffStep(
            confirmation.At, RequestWords.HowRecorded(confirmation, model.Kind, model.Cycle, words), confirmation.Paper?.EnteredBy));
        return [.. acts.Concat(confirmations).OrderBy(step => step.At).Skip(seen)];
    }

    private static StaffStep OfAct(OfficialRequest request, int index, IStringLocalizer<NotasTexts> texts)
    {
        var act = request.Acts[index];
        return new StaffStep(act.At, texts[$"Act-{act.Act}"], act.By, act.Reason, RequestTimeline.DueAfter(request, index));
    }
}
