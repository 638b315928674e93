using System.Collections.Concurrent;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Cycles;

/// <summary>What the public pages show of a cycle, kept for a few seconds: of the current one, and of those before it.</summary>
public sealed class RecentByCycle<T>(CurrentCycle cycles, Func<Cycle, CancellationToken, Task<T>> read) where T : class
{
    private readonly ConcurrentDictionary<string, Recent<T>> copies = new();

    /// <summary>Of the current cycle.</summary>
    public async ValueTask<T> GetAsync(CancellationToken cancel) => await GetAsync(await cycles.GetAsync(cancel), cancel);

    public ValueTask<T> GetAsync(Cycle cycle, CancellationToken cancel) =>
        copies.GetOrAdd(cycle.Id, _ => new Recent<T>(stop => read(cycle, stop))).GetAsync(cancel);

    /// <summary>After a change of this instance, so that its next page shows it.</summary>
    public void Forget()
    {
        foreach (var copy in copies.Values)
        {
            copy.Forget();
        }
    }
}
