using Microsoft.Azure.Functions.Worker;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Subscriptions;

public sealed class ShowSubscription(CurrentCycle cycles)
{
    [Function(nameof(ShowSubscription))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "subscribe")] HttpRequest request, CancellationToken cancel) =>
        Page.Of<SubscribePage>(new { Cycle = await cycles.GetAsync(cancel), Typed = TypedSubscription.Empty });
}

/// <summary>Answers the same for every mailbox, known or not.</summary>
public sealed class Subscribe(ChangeSubscription subscriptions, CurrentCycle cycles, Site site, TimeProvider clock)
{
    [Function(nameof(Subscribe))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "subscribe")] HttpRequest request, CancellationToken cancel)
    {
        if (RequestOrigin.IsForeign(request, site))
        {
            return Page.Error(StatusCodes.Status403Forbidden);
        }
        if (await Body.ReadFormAsync(request, BodyLimits.Public, cancel) is not { } form)
        {
            return Page.Error(Body.StatusWithoutForm(request));
        }
        var typed = new TypedSubscription(form["email"], form["consent"] == "yes", form["invitations"] == "yes", form["name"], form["organization"], form["sector"], form["territory"]);
        var cycle = await cycles.GetAsync(cancel);
        var (wanted, faults) = SubscriptionRules.Read(typed, cycle);
        if (wanted is null)
        {
            return Page.Of<SubscribePage>(new { Cycle = cycle, Typed = typed, Faults = faults }, StatusCodes.Status400BadRequest);
        }
        // What no person fills in.
        if (form["website"].ToString().Length == 0)
        {
            // Two who ask at once are one: the other's mail is on its way.
            await subscriptions.AskAsync(typed.Email!, wanted, Language.Current, clock.GetCurrentInstant(), cancel);
        }
        return Page.Of<SubscriptionStatePage>(new { State = "Asked", For = wanted.Purposes });
    }
}

/// <summary>The page behind the mailed link: a program that opens it confirms nothing.</summary>
public sealed class ShowConfirmation(SubscriptionLinks links)
{
    [Function(nameof(ShowConfirmation))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "subscribe/confirm")] HttpRequest request) =>
        links.ReadOptIn(request.Query["t"]) is not { } link
            ? Page.Of<SubscriptionStatePage>(new { State = "DeadLink" }, StatusCodes.Status404NotFound)
            : Page.Of<SubscriptionActPage>(new { Act = "Confirm", link.For, Path = "/subscribe/confirm", Token = request.Query["t"].ToString() });
}

public sealed class ConfirmSubscription(ChangeSubscription subscriptions)
{
    [Function(nameof(ConfirmSubscription))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "subscribe/confirm")] HttpRequest request, CancellationToken cancel) =>
        await Body.ReadFormAsync(request, BodyLimits.Public, cancel) is not { } form ? Page.Error(Body.StatusWithoutForm(request))
        : await subscriptions.ConfirmAsync(form["t"], cancel) is var confirmed && confirmed != Purposes.None ? Page.Of<SubscriptionStatePage>(new { State = "Confirmed", For = confirmed })
        : Page.Of<SubscriptionStatePage>(new { State = "DeadLink" }, StatusCodes.Status404NotFound);
}
