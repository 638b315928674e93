using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Proposals.Similar;
using OpenGov.Functions.Staff.Lists;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Intake;

/// <summary>Pairs that are most likely the same.</summary>
public sealed class PairList(SimilarProposals similar) : IStaffList
{
    private const int Most = 500;

    private static readonly ListShape<LikelyPair> Shape = new(
        "similar", "/staff/proposals/similar",
        pair => $"{pair.One.Code} {pair.One.Content.Title} {pair.One.Content.Problem} {pair.Other.Code} {pair.Other.Content.Title} {pair.Other.Content.Problem}",
        [],
        [
            new("likeness"),
            ListOrder.Down("newest", (LikelyPair pair) => pair.Other.ReceivedAt),
            ListOrder.ByWords("title", (LikelyPair pair) => pair.Other.Content.Title),
        ],
        [
            new("likeness", pair => PercentOf(pair).ToString(CultureInfo.InvariantCulture)),
            new("code", pair => pair.Other.Code),
            new("proposed", pair => pair.Other.Content.Title),
            new("earlier", pair => pair.One.Code),
            new("earlier-proposed", pair => pair.One.Content.Title),
        ]);

    public string Name => Shape.Name;

    public static int PercentOf(LikelyPair pair) => (int)Math.Round(pair.Score * 100);

    public async Task<ListView<LikelyPair>> ViewAsync(ListQuery asked, CancellationToken cancel) => ListView.Of(Shape, await similar.PairsAsync(Most, cancel), asked);

    async Task<ListView> IStaffList.ReadAsync(ListQuery asked, CancellationToken cancel) => await ViewAsync(asked, cancel);
}

public sealed class ShowLikelyPairs(StaffGate gate, PairList list)
{
    [Function(nameof(ShowLikelyPairs))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/proposals/similar")] HttpRequest request, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal ?? Page.Of<LikelyPairsPage>(new { List = await list.ViewAsync(ListQuery.Of(request.Query), cancel) });
}
