using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Staff.Lists;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Mails;

/// <summary>The mails that staff must look at.</summary>
public sealed class ShowMails(StaffGate gate, MailDesk desk)
{
    [Function(nameof(ShowMails))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/mails")] HttpRequest request, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal
            ?? Page.Of<MailsPage>(new { List = await desk.ViewAsync(ListQuery.Of(request.Query), cancel), Zone = await desk.ZoneAsync(cancel) });
}

public sealed class ShowMail(StaffGate gate, MailDesk desk)
{
    [Function(nameof(ShowMail))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/mails/{key:length(32)}")] HttpRequest request, string key, CancellationToken cancel)
    {
        if ((await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal is { } refusal)
        {
            return refusal;
        }
        return await desk.FindAsync(key, cancel) is { } mail
            ? Page.Of<MailPage>(new { Shown = mail, Zone = await desk.ZoneAsync(cancel), Outcome = request.Query["done"].ToString() is "resent" or "settled" ? request.Query["done"].ToString() : null })
            : Page.Error(StatusCodes.Status404NotFound);
    }
}

/// <summary>What staff decide about a mail, from its page.</summary>
public sealed class ActOnMail(StaffGate gate, MailDesk desk, MailTasks tasks)
{
    [Function(nameof(ActOnMail))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/mails/{key:length(32)}")] HttpRequest request, string key, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Organiser, BodyLimits.Public, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        var form = admission.Form;
        int? seen = int.TryParse(form["seen"], out var round) ? round : null;
        var settles = form["act"] == "settle";
        var outcome = settles ? await tasks.SettleAsync(key, form["reason"], seen, admission.Actor, cancel)
            : await tasks.ResendTaskAsync(key, form.ContainsKey("address") ? form["address"].ToString() : null, seen, admission.Actor, cancel);
        return outcome switch
        {
            MailActing.Done => Page.See(request.HttpContext.Response, $"/staff/mails/{key}?done={(settles ? "settled" : "resent")}"),
            MailActing.AddressMalformed => await AgainAsync(key, StatusCodes.Status400BadRequest, "address", form["address"], cancel),
            MailActing.ReasonMalformed => await AgainAsync(key, StatusCodes.Status400BadRequest, "reason", form["reason"], cancel),
            MailActing.Overtaken => await AgainAsync(key, StatusCodes.Status409Conflict, "overtaken", null, cancel),
            MailActing.HoldsNoMore => await AgainAsync(key, StatusCodes.Status409Conflict, "holds-no-more", null, cancel),
            _ => Page.Error(StatusCodes.Status404NotFound),
        };
    }

    private async Task<IResult> AgainAsync(string key, int status, string outcome, string? typed, CancellationToken cancel) =>
        await desk.FindAsync(key, cancel) is { } mail
            ? Page.Of<MailPage>(new { Shown = mail, Zone = await desk.ZoneAsync(cancel), Outcome = outcome, Typed = typed }, status)
            : Page.Error(StatusCodes.Status404NotFound);
}
