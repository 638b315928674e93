using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Requests;

/// <summary>Puts a request into the world: its row, its nota and its reminders in one transaction.</summary>
public sealed class SendRequest(Ledger ledger, RequestKinds kinds, RecentRequests recent)
{
    /// <summary>A request that was sent before stays as it is; one that waits for a new holder is only numbered and kept.</summary>
    public async Task SendAsync(OfficialRequest request, Cycle cycle, CancellationToken cancel)
    {
        var change = new Change(Tables.Requests, RequestStore.PartitionOf(request.Cycle, request.Id))
            .Add(RequestStore.RowOf(request.Id), request)
            .Record(OfficialEvent.Of(
                request.Waits ? "request-waits" : "request-sent", request.Number,
                new { request.Kind, request.Round, request.Institution, request.Due, Items = request.Items.Select(item => new { item.Number, item.Title, item.Text }) }));
        if (!request.Waits && kinds.Of(request).IsNota)
        {
            change.Then(
                NotaMail.To(request.Office.Mailbox, request),
                PlanNotices.Of($"notices!{request.Cycle}!{request.Id}!{RequestNotices.VersionOf(request)}", RequestNotices.Plan(request, cycle, request.SentAt)));
        }
        await ledger.CommitAsync(change, cancel);
        recent.Forget();
    }
}
