using Microsoft.Extensions.Localization;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Requests;

/// <summary>What the page of a request shows.</summary>
/// <param name="Drafted">The version that waits for its code.</param>
/// <param name="Standing">The version that was confirmed.</param>
/// <param name="Others">What took effect too, and does not stand.</param>
/// <param name="Form">Null where no answer is being typed.</param>
public sealed record RequestPageModel(
    OfficialRequest Request, IRequestKind Kind, Cycle Cycle, Instant Now, string Token,
    RequestAnswer? Drafted, RequestAnswer? Standing, IReadOnlyList<RequestAnswer> Others, AnswerForm? Form)
{
    /// <summary>What was typed into the form of a delegation that was refused.</summary>
    public DelegationForm? Delegation { get; init; }

    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>What went wrong with no field in particular.</summary>
    public string? Problem { get; init; }

    public string? CodeProblem { get; init; }

    /// <summary>Why its kind takes no answer any more; null where it does.</summary>
    public string? Ended { get; init; }

    public bool MayDelegate => Kind.IsBinding && RequestLife.Allows(Request.PhaseAt(Now, Cycle), RequestAct.Delegate);

    public AnswerWindow Window => AnswerRules.WindowOf(Request, Cycle, Now);

    public bool IsAccepting => Ended is null && AnswerRules.IsAccepting(Window);
}

public sealed class RequestPages(RequestStore store, RequestKinds kinds, CurrentCycle cycles, TimeProvider clock, IStringLocalizer<RequestTexts> texts)
{
    private static readonly string[] Unwritten = ["t", "code", "seen", "again"];

    /// <summary>One page and one status for a token that is forged, revoked or cut off.</summary>
    /// <param name="sent">A form that was filled in behind it: who typed keeps the words.</param>
    public static IResult UnknownLink(IFormCollection? sent = null) => Page.Of<UnknownLinkPage>(
        new
        {
            Typed = (sent ?? FormCollection.Empty).Where(field => !Unwritten.Contains(field.Key) && !field.Key.EndsWith(".choice", StringComparison.Ordinal))
                .Select(field => field.Value.ToString()).Where(text => !string.IsNullOrWhiteSpace(text)).ToList(),
        },
        StatusCodes.Status404NotFound);

    public async Task<IResult> ShowAsync(OfficialRequest request, string token, bool isChange, CancellationToken cancel)
    {
        var model = await ModelAsync(request, token, cancel);
        var answer = model.Drafted ?? model.Standing;
        return Show(isChange && model.IsAccepting ? model with { Form = AnswerForm.Of(answer) } : model, StatusCodes.Status200OK);
    }

    public async Task<IResult> ShowErrorsAsync(OfficialRequest request, string token, AnswerForm form, IReadOnlyList<FieldError> errors, CancellationToken cancel) =>
        Show(await ModelAsync(request, token, cancel) with { Form = form, Errors = errors }, StatusCodes.Status400BadRequest);

    /// <summary>Nothing was recorded, and what was typed stays on the page.</summary>
    public async Task<IResult> ShowProblemAsync(OfficialRequest request, string token, AnswerForm form, string problem, int status, CancellationToken cancel) =>
        Show(await ModelAsync(request, token, cancel) with { Form = form, Problem = texts[problem] }, status);

    /// <summary>The page that says why the request's kind takes no answer any more, with what was typed; null where it does.</summary>
    public async Task<IResult?> ShowEndedAsync(OfficialRequest request, string token, AnswerForm form, CancellationToken cancel) =>
        await ModelAsync(request, token, cancel) is { Ended: { } ended } model ? Show(model with { Form = form, Problem = ended }, StatusCodes.Status409Conflict) : null;

    public async Task<IResult> ShowCodeProblemAsync(OfficialRequest request, string token, string problem, CancellationToken cancel) =>
        Show(await ModelAsync(request, token, cancel) with { CodeProblem = texts[problem] }, StatusCodes.Status400BadRequest);

    public async Task<IResult> ShowDelegationAsync(
        OfficialRequest request, string token, DelegationForm form, IReadOnlyList<FieldError> errors, int status, CancellationToken cancel) =>
        Show(await ModelAsync(request, token, cancel) with { Delegation = form, Errors = errors }, status);

    private static IResult Show(RequestPageModel model, int status) => Page.Of<RequestPage>(new { Model = model }, status);

    private async Task<RequestPageModel> ModelAsync(OfficialRequest request, string token, CancellationToken cancel)
    {
        var confirmed = new List<RequestAnswer>();
        foreach (var version in request.Confirmations.Select(confirmation => confirmation.Version).Distinct())
        {
            confirmed.Add((await store.FindAnswerAsync(request.Cycle, request.Id, version, cancel))!);
        }
        var model = new RequestPageModel(
            request, kinds.Of(request), await cycles.GetAsync(cancel), clock.GetCurrentInstant(), token,
            request.Draft is { } draft ? await store.FindAnswerAsync(request.Cycle, request.Id, draft.Version, cancel) : null,
            confirmed.FirstOrDefault(answer => answer.Version == request.Standing?.Version),
            [.. confirmed.Where(answer => answer.Version != request.Standing?.Version).OrderByDescending(answer => answer.Version)],
            Form: null)
        {
            Ended = await kinds.Of(request).EndedAsync(request, cancel),
        };
        return model is { IsAccepting: true, Drafted: null, Standing: null } ? model with { Form = AnswerForm.Of(null) } : model;
    }
}
