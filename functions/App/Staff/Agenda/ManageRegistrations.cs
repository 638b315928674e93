using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Meetings;
using OpenGov.Functions.Meetings.Registration;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Agenda;

public sealed class ShowStaffRegistrations(StaffGate gate, RegistrationDesk desk)
{
    [Function(nameof(ShowStaffRegistrations))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/meetings/{code:length(5)}/registrations")] HttpRequest request, string code, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Secretary, cancel)).Refusal
            ?? (await desk.FindAsync(code, cancel) is { } model ? Page.Of<StaffRegistrationsPage>(new { Model = model with { Done = request.Query["done"] } }) : Page.Error(StatusCodes.Status404NotFound));
}

/// <summary>Who registered, as a spreadsheet: for those who act.</summary>
public sealed class ExportRegistrations(StaffGate gate, RegistrationDesk desk)
{
    [Function(nameof(ExportRegistrations))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/meetings/{code:length(5)}/registrations.csv")] HttpRequest request, string code, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Secretary, cancel)).Refusal
            ?? (await desk.FindAsync(code, cancel) is { } model ? Results.File(desk.Export(model), "text/csv; charset=utf-8", $"inscripciones-{code}.csv") : Page.Error(StatusCodes.Status404NotFound));
}

/// <summary>Registers somebody who said so on paper or by telephone, or takes a registration back.</summary>
public sealed class ChangeStaffRegistrations(StaffGate gate, RegistrationDesk desk, RegisterForMeeting register, WithdrawRegistration withdraw, FormTickets tickets)
{
    [Function(nameof(ChangeStaffRegistrations))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/meetings/{code:length(5)}/registrations")] HttpRequest request, string code, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Secretary, BodyLimits.Public, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        if (await desk.FindAsync(code, cancel) is not { } model)
        {
            return Page.Error(StatusCodes.Status404NotFound);
        }
        return admission.Form["act"].ToString() switch
        {
            "register" => await RegisterAsync(model, admission, request.HttpContext.Response, cancel),
            "withdraw" => await WithdrawAsync(model, admission, request.HttpContext.Response, cancel),
            _ => Page.Error(StatusCodes.Status400BadRequest),
        };
    }

    private async Task<IResult> RegisterAsync(RegistrationsModel model, Admission admission, HttpResponse response, CancellationToken cancel)
    {
        var typed = SendRegistration.Typed(admission.Form);
        var code = model.Meeting.Code;
        if (tickets.Read(admission.Form["ticket"].ToString()) is not { Key: { } key })
        {
            return Refuse(model with { Typed = typed, Problem = "FormTooOld" });
        }
        return await register.RunAsync(code, typed, key, admission.Actor, cancel) switch
        {
            Registering.Accepted(var registrant) => Page.See(response, $"/staff/meetings/{code}/registrations?done=register#registration-{registrant.Code}"),
            Registering.Invalid(var faults) => Refuse(model with { Typed = typed, Faults = faults, Ticket = admission.Form["ticket"].ToString() }),
            Registering.SentOtherwise => Refuse(model with { Typed = typed, Problem = "SentOtherwise" }, StatusCodes.Status409Conflict),
            Registering.Refused(var state) => Refuse(model with { Typed = typed, Problem = $"No-{state}" }, StatusCodes.Status409Conflict),
            Registering.Busy => Refuse(model with { Typed = typed, Problem = "Busy" }, StatusCodes.Status429TooManyRequests),
            _ => Page.Error(StatusCodes.Status404NotFound),
        };
    }

    private async Task<IResult> WithdrawAsync(RegistrationsModel model, Admission admission, HttpResponse response, CancellationToken cancel)
    {
        var typed = admission.Form["code"].ToString();
        if (ProposalCode.Read(typed) is not { } code || model.Registrants.All(registrant => registrant.Code != code))
        {
            return Refuse(model with { TypedCode = typed, Faults = [new Fault("code", "NoRegistration")] });
        }
        var done = await withdraw.RunAsync(model.Meeting.Code, code, admission.Actor, cancel);
        return Page.See(response, $"/staff/meetings/{model.Meeting.Code}/registrations?done={(done == Withdrawal.Withdrawn ? "withdraw" : "forget")}");
    }

    private static IResult Refuse(RegistrationsModel model, int status = StatusCodes.Status400BadRequest) => Page.Of<StaffRegistrationsPage>(new { Model = model }, status);
}
