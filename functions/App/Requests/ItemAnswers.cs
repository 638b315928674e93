using OpenGov.Functions.Cycles;

namespace OpenGov.Functions.Requests;

/// <param name="Said">As it stands; null where nothing was said.</param>
public sealed record AskedItem(OfficialRequest Request, RequestItem Item, ItemAnswer? Said);

/// <summary>What was asked of one kind, item by item, and what was said of each.</summary>
public sealed class ItemAnswers(RequestStore requests)
{
    /// <summary>Without what was annulled; in the order of the requests' numbers.</summary>
    public async Task<IReadOnlyList<AskedItem>> ListAsync(Cycle cycle, string kind, CancellationToken cancel) =>
    [
        .. (await requests.ListAsync(cycle.Id, cancel)).Where(nota => nota.Request.Kind == kind && !nota.Request.IsAnnulled)
            .SelectMany(nota => nota.Request.Items.Select(item => new AskedItem(nota.Request, item, nota.Answer?.Items.FirstOrDefault(said => said.Item == item.Number)))),
    ];

    public async Task<IReadOnlyList<AskedItem>> ListAsync(Cycle cycle, string kind, string item, CancellationToken cancel) =>
        [.. (await ListAsync(cycle, kind, cancel)).Where(asked => asked.Item.Number == item)];
}
