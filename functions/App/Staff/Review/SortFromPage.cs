using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Staff.Intake;
using OpenGov.Functions.Staff.Lists;
using OpenGov.Functions.Themes;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Review;

/// <summary>Puts the marked proposals under a theme, or all that a filter finds, once staff have seen which.</summary>
public sealed class SortFromPage(StaffGate gate, ProposalList list, SortProposals sort)
{
    [Function(nameof(SortFromPage))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/proposals/sort")] HttpRequest request, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Secretary, BodyLimits.Public, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        var form = admission.Form;
        var into = form["into"].ToString();
        var model = await list.ModelAsync(ListQuery.Of(request.Query), cancel);
        var (isAll, isPreview) = (form["act"] == "all", form["step"] == "preview");
        var marked = form["code"].OfType<string>().ToHashSet();
        var chosen = model.List.Found.Where(proposal => isAll || marked.Contains(proposal.Code)).ToList();
        var codes = isAll || isPreview ? [.. chosen.Select(proposal => proposal.Code)] : marked;
        if (into.Length == 0 || codes.Count == 0)
        {
            return Page.Of<StaffProposalsPage>(new { Model = model with { SortFault = into.Length == 0 ? "NoThemeChosen" : "NothingMarked" } }, StatusCodes.Status400BadRequest);
        }
        if (isPreview)
        {
            return Page.Of<SortPreviewPage>(new
            {
                Chosen = chosen,
                IsAll = isAll,
                Into = into,
                Name = model.Themes.FirstOrDefault(theme => theme.Code == into)?.Name,
                Query = model.List.Query,
            });
        }
        return await sort.RunAsync(codes, into == ProposalFilter.NoTheme ? null : into, admission.Actor, cancel) is { } moved
            ? Page.See(request.HttpContext.Response, $"/staff/proposals{request.QueryString.Add("sorted", $"{moved}")}")
            : Page.Error(StatusCodes.Status400BadRequest);
    }
}

/// <summary>A response in words of its own.</summary>
public sealed class AnswerFromPage(StaffGate gate, ProposalDesk desk, AnswerProposal answer)
{
    [Function(nameof(AnswerFromPage))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/proposals/{code:length(9)}/answer")] HttpRequest request, string code, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Secretary, BodyLimits.Public, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        var typed = new TypedAnswer(admission.Form["outcome"].ToString(), admission.Form["reasons"].ToString());
        return await answer.RunAsync(code, typed.Outcome, typed.Reasons, admission.Form["seen"], admission.Actor, cancel) switch
        {
            Storage.Edited<Proposal>.Done(var proposal) => Page.See(request.HttpContext.Response, $"/staff/proposals/{proposal.Code}"),
            Storage.Edited<Proposal>.Invalid(var faults) => await ShowAsync(code, StatusCodes.Status400BadRequest, model => model with { TypedAnswer = typed, AnswerFaults = faults }, cancel),
            Storage.Edited<Proposal>.Overtaken => await ShowAsync(code, StatusCodes.Status409Conflict, model => model with { TypedAnswer = typed, ChangedMeanwhile = true }, cancel),
            _ => Page.Error(StatusCodes.Status404NotFound),
        };
    }

    private async Task<IResult> ShowAsync(string code, int status, Func<ProposalModel, ProposalModel> with, CancellationToken cancel) =>
        await desk.ModelAsync(code, cancel) is { } model ? Page.Of<StaffProposalPage>(new { Model = with(model) }, status) : Page.Error(StatusCodes.Status404NotFound);
}
