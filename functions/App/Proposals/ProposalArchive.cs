using OpenGov.Functions.Cycles;

namespace OpenGov.Functions.Proposals;

/// <summary>A proposal's code leads to it also when another cycle has begun.</summary>
public sealed class ProposalArchive(ProposalStore store, CurrentCycle cycles)
{
    /// <summary>Null for what is no code of any cycle.</summary>
    public async Task<(Cycle Cycle, Proposal Proposal)?> FindAsync(string code, CancellationToken cancel)
    {
        if (ProposalCode.Read(code) is not { } known)
        {
            return null;
        }
        if (await cycles.GetAsync(cancel) is var current && await store.FindAsync(current, known, cancel) is { } found)
        {
            return (current, found);
        }
        foreach (var cycle in (await cycles.ListAsync(cancel)).Skip(1))
        {
            if (await store.FindAsync(cycle, known, cancel) is { } past)
            {
                return (cycle, past);
            }
        }
        return null;
    }
}
