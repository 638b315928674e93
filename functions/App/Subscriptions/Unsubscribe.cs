using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Subscriptions;

/// <summary>The page behind the link in a notice: a program that opens it ends nothing.</summary>
public sealed class ShowUnsubscribe(SubscriptionLinks links)
{
    [Function(nameof(ShowUnsubscribe))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "unsubscribe")] HttpRequest request) =>
        links.ReadUnsubscribe(request.Query["t"]) is not { } link
            ? Page.Of<SubscriptionStatePage>(new { State = "DeadLink" }, StatusCodes.Status404NotFound)
            : Page.Of<SubscriptionActPage>(new { Act = "End", link.For, Path = "/unsubscribe", Token = request.Query["t"].ToString() });
}

/// <summary>The page's button, and the one click of a mail program (RFC 8058), which posts to the address with its token in the query.</summary>
public sealed class Unsubscribe(ChangeSubscription subscriptions, SubscriptionLinks links)
{
    [Function(nameof(Unsubscribe))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "unsubscribe")] HttpRequest request, CancellationToken cancel) =>
        await Body.ReadFormAsync(request, BodyLimits.Public, cancel) is not { } form ? Page.Error(Body.StatusWithoutForm(request))
        : await subscriptions.EndAsync(form["t"].FirstOrDefault() ?? request.Query["t"].FirstOrDefault(), cancel) is var (ended, left) ? Page.Of<SubscriptionStatePage>(new
        {
            State = "Ended",
            For = ended,
            Left = left?.Confirmed,
            Token = left is null ? null : links.UnsubscribeToken(left, left.Confirmed),
        })
        : Page.Of<SubscriptionStatePage>(new { State = "DeadLink" }, StatusCodes.Status404NotFound);
}

public sealed class ForgetUnconfirmed(ChangeSubscription subscriptions)
{
    [Function(nameof(ForgetUnconfirmed))]
    public Task Run([TimerTrigger("0 40 7 * * *")] TimerInfo timer, CancellationToken cancel) => subscriptions.ForgetUnconfirmedAsync(cancel);
}
