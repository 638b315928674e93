using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Requests;

/// <summary>Puts a request into the world: its row, its nota and its reminders in one transaction.</summary>
public sealed class SendRequest(Ledger ledger, RecentRequests recent)
{
    /// <summary>A request that was sent before stays as it is.</summary>
    public async Task SendAsync(OfficialRequest request, Cycle cycle, CancellationToken cancel)
    {
        await ledger.CommitAsync(
            new Change(Tables.Requests, RequestStore.PartitionOf(request.Cycle, request.Id))
                .Add(RequestStore.RowOf(request.Id), request)
                .Record(OfficialEvent.Of(
                    "request-sent", request.Number,
                    new { request.Kind, request.Round, request.Institution, request.Due, Items = request.Items.Select(item => new { item.Number, item.Title, item.Text }) }))
                .Then(
                    MailEffect.Send(
                        NotaMail.IdentityOf(request), NotaMail.Name, request.Office.Mailbox, Language.Spanish,
                        new NotaMail.Model(request.Cycle, request.Id, request.Generation)),
                    PlanNotices.Of($"notices!{request.Cycle}!{request.Id}!{request.Generation}", RequestNotices.Plan(request, cycle))),
            cancel);
        recent.Forget();
    }
}
