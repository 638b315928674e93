using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Commitments;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Meetings;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Themes;
using OpenGov.Functions.Validations;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Drafts;

/// <param name="Draft">Null for a new one.</param>
public sealed record DraftModel(CommitmentProposal? Draft, IReadOnlyList<Theme> Themes, IReadOnlyList<Institution> Institutions, IReadOnlyList<Meeting> Tables, TypedCommitment Typed)
{
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    public bool IsOvertaken { get; init; }

    public string? Seen { get; init; }
}

public sealed class DraftDesk(ConsolidatedCommitments commitments, ThemeStore themes, InstitutionStore institutions, MeetingStore meetings, CurrentCycle cycles)
{
    public async Task<DraftModel> NewAsync(CancellationToken cancel) => await ModelAsync(null, new TypedCommitment(null, null, null, null, [], null, null), cancel);

    /// <summary>Null where there is none, or where institutions have been asked about it.</summary>
    public async Task<DraftModel?> FindAsync(string number, CancellationToken cancel) =>
        await commitments.FindAsync(await cycles.GetAsync(cancel), number, cancel) is { IsFrozen: false, Imported: var draft }
            ? await ModelAsync(draft, new TypedCommitment(draft.Title, null, draft.Text, draft.Lead, draft.Supporting, string.Join(' ', draft.Proposals), draft.Table), cancel)
            : null;

    private async Task<DraftModel> ModelAsync(CommitmentProposal? draft, TypedCommitment typed, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var adopted = (await themes.ListAsync(cycle, cancel)).Where(theme => theme.Decision?.Outcome == ThemeOutcome.Adopted).ToList();
        return new DraftModel(
            draft, adopted, await institutions.ListAsync(cycle, cancel),
            [.. (await meetings.ListAsync(cycle, cancel)).Where(meeting => meeting is { Kind: MeetingKind.Table, Cancelled: null })],
            typed with { Theme = adopted.FirstOrDefault(theme => theme.Name == draft?.Theme)?.Code })
        { Seen = draft is null ? null : Editing.SeenOf(draft) };
    }
}

public sealed class ShowDraft(StaffGate gate, DraftDesk desk)
{
    [Function(nameof(ShowDraft))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/drafts/{number?}")] HttpRequest request, string? number, CancellationToken cancel)
    {
        if ((await gate.RequireAsync(request, StaffRole.Secretary, cancel)).Refusal is { } refusal)
        {
            return refusal;
        }
        var model = number is null ? await desk.NewAsync(cancel) : await desk.FindAsync(number, cancel);
        return model is null ? Page.Error(StatusCodes.Status404NotFound)
            : Page.Of<DraftPage>(new { Model = number is null ? model with { Typed = model.Typed with { Theme = request.Query["theme"], Table = request.Query["table"] } } : model });
    }
}

/// <summary>Writes a new draft down, or changes one about which nobody was asked yet.</summary>
public sealed class SaveDraft(StaffGate gate, DraftDesk desk, DraftCommitment drafts)
{
    [Function(nameof(SaveDraft))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/drafts/{number?}")] HttpRequest request, string? number, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Secretary, BodyLimits.Public, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        var form = admission.Form;
        if ((number is null ? await desk.NewAsync(cancel) : await desk.FindAsync(number, cancel)) is not { } model)
        {
            return Page.Error(StatusCodes.Status404NotFound);
        }
        var typed = new TypedCommitment(form["title"], form["theme"], form["text"], form["lead"], [.. form["supporting"].OfType<string>()], form["proposals"], form["table"]);
        var edited = number is null ? await drafts.DefineAsync(typed, admission.Actor, cancel) : await drafts.EditAsync(number, typed, form["seen"].FirstOrDefault(), admission.Actor, cancel);
        return edited switch
        {
            Edited<CommitmentProposal>.Done(var saved) => Page.See(request.HttpContext.Response, $"/staff/commitments/{saved.Number}"),
            Edited<CommitmentProposal>.Invalid(var faults) => Page.Of<DraftPage>(new { Model = model with { Typed = typed, Faults = faults } }, StatusCodes.Status400BadRequest),
            Edited<CommitmentProposal>.Overtaken => Page.Of<DraftPage>(new { Model = model with { Typed = typed, IsOvertaken = true } }, StatusCodes.Status409Conflict),
            _ => Page.Error(StatusCodes.Status404NotFound),
        };
    }
}

/// <summary>Names the resources of this folder.</summary>
public sealed class DraftTexts;
