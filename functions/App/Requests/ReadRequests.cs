using Microsoft.Azure.Functions.Worker;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Requests;

public sealed class ReadRequests(RecentRequests recent, RequestKinds kinds, CurrentCycle cycles, TimeProvider clock)
{
    [Function(nameof(ReadRequests))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/requests")] HttpRequest request, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var now = clock.GetCurrentInstant();
        return Results.Json(new { Items = (await recent.GetAsync(cancel)).Select(answered => View(answered, cycle, now)) }, Json.Options);
    }

    private object View(AnsweredRequest answered, Cycle cycle, Instant now)
    {
        var request = answered.Request;
        return new
        {
            request.Number,
            request.Kind,
            request.Round,
            request.Institution,
            request.Due,
            State = request.StateAt(now, cycle),
            Late = request.IsLateAt(now, cycle),
            Hash = request.Standing?.Hash,
            Items = request.Items.Select(item => ItemView(item, PublicPart(answered, answered.Answer)?.FirstOrDefault(answer => answer.Item == item.Number))),
            Answers = request.Confirmations.Select(confirmation => AnswerView(answered, confirmation, cycle)),
            Timeline = request.TimelineAt(now, cycle).Select(step => new { At = Local(step.At, cycle), step.What, step.Reason, step.Due }),
        };
    }

    /// <summary>Where an e-mailed answer and a signed nota differ, both are here.</summary>
    private object AnswerView(AnsweredRequest answered, Confirmation confirmation, Cycle cycle) => new
    {
        confirmation.Version,
        Channel = confirmation.Paper is null ? "link" : "paper",
        At = Local(confirmation.At, cycle),
        confirmation.Paper?.ReceivedOn,
        confirmation.Late,
        confirmation.Hash,
        ScanSha256 = confirmation.Paper?.Scan,
        Stands = confirmation == answered.Request.Standing,
        Items = PublicPart(answered, answered.Confirmed.FirstOrDefault(answer => answer.Version == confirmation.Version))?
            .Select(item => ItemView(answered.Request.Items.Single(asked => asked.Number == item.Item), item)),
    };

    private IReadOnlyList<ItemAnswer>? PublicPart(AnsweredRequest answered, RequestAnswer? answer) =>
        answer is null ? null : kinds.Of(answered.Request).PublicPart(answered.Request, answer);

    private static OffsetDateTime Local(Instant at, Cycle cycle) => at.InZone(cycle.Zone).ToOffsetDateTime();

    /// <summary>The texts of the answer stand beside its choice, under the names of the form's fields.</summary>
    private static Dictionary<string, string> ItemView(RequestItem item, ItemAnswer? answer)
    {
        var view = new Dictionary<string, string> { ["number"] = item.Number, ["title"] = item.Title };
        if (answer is not null)
        {
            view["choice"] = answer.Choice;
            foreach (var (field, text) in answer.Texts)
            {
                view[field] = text;
            }
        }
        return view;
    }
}
