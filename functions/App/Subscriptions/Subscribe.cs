using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Subscriptions;

public sealed class ShowSubscription
{
    [Function(nameof(ShowSubscription))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "subscribe")] HttpRequest request) => Page.Of<SubscribePage>();
}

/// <summary>Answers the same for every mailbox, known or not.</summary>
public sealed class Subscribe(ChangeSubscription subscriptions, Site site)
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
        var (mailbox, consents) = (form["email"].ToString(), form["consent"] == "yes");
        if (!ChangeSubscription.IsMailbox(mailbox) || !consents)
        {
            return Page.Of<SubscribePage>(new { Mailbox = mailbox, Consents = consents, IsChecked = true }, StatusCodes.Status400BadRequest);
        }
        // What no person fills in.
        if (form["website"].ToString().Length == 0)
        {
            await subscriptions.AskAsync(mailbox, Language.Current, cancel);
        }
        return Page.Of<SubscriptionStatePage>(new { State = "Asked" });
    }
}

/// <summary>The page behind the mailed link: a program that opens it confirms nothing.</summary>
public sealed class ShowConfirmation(SubscriptionLinks links)
{
    [Function(nameof(ShowConfirmation))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "subscribe/confirm")] HttpRequest request) =>
        links.ReadOptIn(request.Query["t"]) is null
            ? Page.Of<SubscriptionStatePage>(new { State = "DeadLink" }, StatusCodes.Status404NotFound)
            : Page.Of<SubscriptionActPage>(new { Act = "Confirm", Path = "/subscribe/confirm", Token = request.Query["t"].ToString() });
}

public sealed class ConfirmSubscription(ChangeSubscription subscriptions)
{
    [Function(nameof(ConfirmSubscription))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "subscribe/confirm")] HttpRequest request, CancellationToken cancel) =>
        await Body.ReadFormAsync(request, BodyLimits.Public, cancel) is not { } form ? Page.Error(Body.StatusWithoutForm(request))
        : await subscriptions.ConfirmAsync(form["t"], cancel) ? Page.Of<SubscriptionStatePage>(new { State = "Confirmed" })
        : Page.Of<SubscriptionStatePage>(new { State = "DeadLink" }, StatusCodes.Status404NotFound);
}
