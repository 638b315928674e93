using System.Net.Mail;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Localization;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Requests;

/// <summary>
/// Asks that somebody else prepare the answer. The delegation takes effect when the office's mailbox confirms it, and
/// the office goes on confirming what the delegate prepares.
/// </summary>
public sealed class DelegateRequest(RequestLinks links, RequestDelegations delegations, RequestPages pages, IStringLocalizer<RequestTexts> texts)
{
    [Function(nameof(DelegateRequest))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "r/delegate")] HttpRequest request, CancellationToken cancel)
    {
        if (await Body.ReadFormAsync(request, BodyLimits.Public, cancel) is not { } sent)
        {
            return Page.Error(Body.StatusWithoutForm(request));
        }
        var token = sent["t"].ToString();
        if (await links.FindAsync(token, cancel) is not { } stored)
        {
            return RequestPages.UnknownLink(sent);
        }
        var form = new DelegationForm(sent["name"].ToString(), sent["office"].ToString(), sent["email"].ToString());
        if (form.Errors(texts) is { Count: > 0 } errors)
        {
            return await pages.ShowDelegationAsync(stored.Record, token, form, errors, StatusCodes.Status400BadRequest, cancel);
        }
        var response = request.HttpContext.Response;
        switch (await delegations.AskAsync(stored, form.Cleaned(), cancel))
        {
            case Delegating.Asked:
                return Page.See(response, $"/r?t={token}");
            case Delegating.TooMany:
                response.Headers.RetryAfter = "3600";
                return await pages.ShowDelegationAsync(stored.Record, token, form, [new("delegate-email", texts["Problem-TooMany"])], StatusCodes.Status429TooManyRequests, cancel);
            default:
                var current = (await links.FindAsync(token, cancel))?.Record ?? stored.Record;
                return await pages.ShowDelegationAsync(current, token, form, [new("delegate-email", texts["Problem-NotDelegated"])], StatusCodes.Status409Conflict, cancel);
        }
    }
}

/// <summary>Who is to prepare the answer, as typed.</summary>
public sealed record DelegationForm(string Name, string Office, string Email)
{
    public static DelegationForm Empty { get; } = new("", "", "");

    public DelegationForm Cleaned() => new(AnswerForm.Line(Name), AnswerForm.Line(Office), Email.Trim());

    public IReadOnlyList<FieldError> Errors(IStringLocalizer<RequestTexts> texts)
    {
        var errors = new[] { ("name", Name), ("office", Office) }
            .Select(line => AnswerForm.ErrorOfLine(line.Item1, line.Item2, texts)).OfType<FieldError>()
            .Select(error => error with { Field = $"delegate-{error.Field}" }).ToList();
        // The address alone, on one line: a display name could carry anything.
        if (!MailAddress.TryCreate(Email.Trim(), out var address) || address.Address != Email.Trim() || Email.Trim().Length > RequestLimits.Mailbox)
        {
            errors.Add(new FieldError("delegate-email", texts["ErrorEmail"]));
        }
        return errors;
    }
}

public enum Delegating { Asked, TooMany, NotNow }

public sealed class RequestDelegations(CurrentCycle cycles, Ledger ledger, RequestStore store, TimeProvider clock)
{
    public async Task<Delegating> AskAsync(Stored<OfficialRequest> stored, DelegationForm to, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var now = clock.GetCurrentInstant();
        var request = stored.Record;
        if (IsThereAlready(request, to))
        {
            return Delegating.Asked;
        }
        if (!RequestLife.Allows(request.PhaseAt(now, cycle), RequestAct.Delegate))
        {
            return Delegating.NotNow;
        }
        if (AnswerRules.AsksForTooManyCodes(request, now))
        {
            return Delegating.TooMany;
        }
        var asked = AnswerRules.AskToDelegate(request, to.Name, to.Office, to.Email, now);
        var number = asked.PendingDelegation!.Asked.Number;
        var change = new Change(Tables.Requests, RequestStore.PartitionOf(request.Cycle, request.Id))
            .Replace(RequestStore.RowOf(request.Id), asked, stored.ETag)
            .Record(OfficialEvent.Of("delegation-asked", request.Number, new { number }))
            .Then(MailEffect.Send(
                $"delegation-code!{request.Cycle}!{request.Id}!{request.Generation}!{number}", DelegationCodeMail.Name, request.Office.Mailbox, Language.Spanish,
                new DelegationCodeMail.Model(request.Cycle, request.Id, number)));
        return await ledger.CommitAsync(change, cancel) == CommitResult.Committed
            || IsThereAlready((await store.FindAsync(request.Cycle, request.Id, cancel))!.Record, to)
                ? Delegating.Asked
                : Delegating.NotNow;
    }

    /// <summary>A double click, a reload, a lost answer.</summary>
    private static bool IsThereAlready(OfficialRequest request, DelegationForm to) =>
        (AnswerRules.CanBeDelegated(request) ? request.PendingDelegation!.Asked : request.PendingDelegation is null ? request.Delegation : null) is { } known
        && (known.Name, known.Office, known.Mailbox) == (to.Name, to.Office, to.Email);
}
