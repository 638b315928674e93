using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;

namespace OpenGov.Functions.Development;

/// <summary>Every commitment of the plan is whole, and confirmed by staff.</summary>
public sealed class DevelopmentComplete(Developments developments, IStringLocalizer<DevelopmentTexts> texts) : IActivityCheck
{
    public string Activity => ActivityKeys.Development;

    public async Task<IReadOnlyList<Lack>> FindAsync(Cycle cycle, CancellationToken cancel)
    {
        var all = await developments.ListAsync(cycle, cancel);
        var (incomplete, open) = (all.Count(one => one.Now.Missing.Count > 0), all.Count(one => !one.IsConfirmed));
        return
        [
            .. all.Count == 0 ? [new Lack(texts["LackCommitments"], "/staff/commitments", Blocks: true)] : Array.Empty<Lack>(),
            .. incomplete == 0 ? Array.Empty<Lack>() : [new Lack(texts["LackDevelopment", incomplete], "/staff/development", Blocks: true)],
            .. open == 0 ? Array.Empty<Lack>() : [new Lack(texts["LackConfirmation", open], "/staff/development", Blocks: true)],
        ];
    }
}
