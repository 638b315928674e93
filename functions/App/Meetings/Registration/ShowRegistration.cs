using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Localization;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Meetings.Registration;

/// <summary>The form, or why there is none.</summary>
public sealed class ShowRegistration(RecentMeetings meetings, RecentRegistrations registrations, CurrentCycle cycles, FormTickets tickets, TimeProvider clock)
{
    [Function(nameof(ShowRegistration))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "meetings/{code:length(5)}/register")] HttpRequest request, string code, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        if ((await meetings.GetAsync(cancel)).FirstOrDefault(meeting => meeting.Code == code) is not { Registration: not null } meeting)
        {
            return Page.Error(StatusCodes.Status404NotFound);
        }
        var state = RegistrationRules.StateOf(meeting, (await registrations.GetAsync(cancel)).GetValueOrDefault(code), clock.GetCurrentInstant(), cycle);
        return state == RegistrationState.Open
            ? Page.Of<RegistrationPage>(new { Cycle = cycle, Meeting = meeting, Typed = TypedRegistration.Empty, Ticket = tickets.Issue() })
            : Page.Of<NoRegistrationPage>(new { Meeting = meeting, State = state });
    }
}

public sealed class SendRegistration(
    MeetingStore meetings, RegisterForMeeting register, RegistrationLinks links, CurrentCycle cycles, FormTickets tickets, IntakeLimits limits, Site site, IStringLocalizer<RegistrationTexts> texts)
{
    [Function(nameof(SendRegistration))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "meetings/{code:length(5)}/register")] HttpRequest request, string code, CancellationToken cancel)
    {
        if (RequestOrigin.IsForeign(request, site))
        {
            return Page.Error(StatusCodes.Status403Forbidden);
        }
        if (await Body.ReadFormAsync(request, BodyLimits.Public, cancel) is not { } form)
        {
            return Page.Error(Body.StatusWithoutForm(request));
        }
        var cycle = await cycles.GetAsync(cancel);
        if (await meetings.FindAsync(cycle, code, cancel) is not { Registration: not null } meeting)
        {
            return Page.Error(StatusCodes.Status404NotFound);
        }
        // What no person fills in.
        if (form["website"].ToString().Length > 0)
        {
            return Page.See(request.HttpContext.Response, $"/meetings/{code}/registered");
        }
        var typed = Typed(form);
        IResult Show(int status, string? problem = null, IReadOnlyList<Fault>? faults = null, string? ticket = null) => Page.Of<RegistrationPage>(
            new { Cycle = cycle, Meeting = meeting, Typed = typed, Ticket = ticket ?? form["ticket"].ToString(), Problem = problem, Faults = faults ?? [] }, status);
        using var place = limits.TryEnter(request);
        if (!place.IsAcquired)
        {
            return Busy();
        }
        if (tickets.Read(form["ticket"].ToString()) is not { Key: { } key })
        {
            return Show(StatusCodes.Status400BadRequest, texts["FormTooOld"], ticket: tickets.Issue());
        }
        return await register.RunAsync(code, typed, key, by: null, cancel) switch
        {
            // The same for every mailbox, registered before or not.
            Registering.Accepted({ Person.Mailbox: not null }) => Page.See(request.HttpContext.Response, $"/meetings/{code}/registered"),
            Registering.Accepted(var registrant) => Page.See(request.HttpContext.Response, $"/meetings/{code}/registered?t={links.TokenOf(registrant)}"),
            Registering.Invalid(var faults) => Show(StatusCodes.Status400BadRequest, faults: faults),
            Registering.SentOtherwise => Show(StatusCodes.Status409Conflict, texts["SentOtherwise"], ticket: tickets.Issue()),
            Registering.Refused(var state) => Page.Of<NoRegistrationPage>(new { Meeting = meeting, State = state }, StatusCodes.Status409Conflict),
            Registering.Busy => Busy(),
            _ => Page.Error(StatusCodes.Status404NotFound),
        };

        IResult Busy()
        {
            request.HttpContext.Response.Headers.RetryAfter = $"{IntakeLimits.RetryAfterSeconds}";
            return Show(StatusCodes.Status429TooManyRequests, texts["TooMany"]);
        }
    }

    internal static TypedRegistration Typed(IFormCollection form) => new(
        form["name"], form["sector"], form["organization"], form["territory"], form["email"], form["consent"] == "yes", form["invitations"] == "yes", form["taken"]);
}

/// <summary>After the form: what comes by mail; or, for who left no address, a page to print.</summary>
public sealed class ShowRegistered(MeetingStore meetings, RegistrationStore store, RegistrationLinks links, CurrentCycle cycles)
{
    [Function(nameof(ShowRegistered))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "meetings/{code:length(5)}/registered")] HttpRequest request, string code, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        if (await meetings.FindAsync(cycle, code, cancel) is not { Registration: not null } meeting)
        {
            return Page.Error(StatusCodes.Status404NotFound);
        }
        var token = request.Query["t"].ToString();
        if (token.Length == 0)
        {
            return Page.Of<RegisteredPage>(new { Cycle = cycle, Meeting = meeting });
        }
        return links.Read(token) is { } read && read.Meeting == code && await store.FindAsync(cycle, code, read.Code, cancel) is { Record: { Person: not null } registrant }
            ? Page.Of<RegisteredPage>(new { Cycle = cycle, Meeting = meeting, Registrant = registrant, Token = token })
            : Page.Of<WithdrawalPage>(new { Meeting = meeting, State = "Gone" }, StatusCodes.Status404NotFound);
    }
}
