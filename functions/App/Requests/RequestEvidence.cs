using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;

namespace OpenGov.Functions.Requests;

/// <summary>The notas of each kind, with how many were answered.</summary>
public sealed class RequestEvidence(RequestStore requests, RequestKinds kinds, IStringLocalizer<RequestTexts> texts) : IActivityEvidence
{
    public async Task<IReadOnlyList<Evidence>> ListAsync(Cycle cycle, CancellationToken cancel) =>
    [
        .. (await requests.ListAsync(cycle.Id, cancel)).Where(nota => !nota.Request.Waits && kinds.Of(nota.Request).IsNota).GroupBy(nota => nota.Request.Kind).Select(kind => new Evidence(
            kinds.Named(kind.Key).Activity, texts["Evidence", kinds.Named(kind.Key).Texts["Title"], kind.Count(), kind.Count(nota => nota.Answer is not null)],
            cycle.DateOf(kind.Min(nota => nota.Request.SentAt)), $"/requests?kind={kind.Key}")),
    ];
}
