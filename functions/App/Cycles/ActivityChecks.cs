namespace OpenGov.Functions.Cycles;

/// <summary>What an activity still lacks. Registered by the feature that carries the activity.</summary>
public interface IActivityCheck
{
    /// <summary>The key of the activity or of the deadline.</summary>
    string Activity { get; }

    Task<IReadOnlyList<Lack>> FindAsync(Cycle cycle, CancellationToken cancel);
}

/// <param name="Text">In the staff's language.</param>
/// <param name="Page">Where it is supplied.</param>
/// <param name="Blocks">The activity cannot be done without it.</param>
public sealed record Lack(string Text, string Page, bool Blocks);

public sealed class ActivityChecks(IEnumerable<IActivityCheck> checks)
{
    public async Task<IReadOnlyList<Lack>> LackingAsync(Cycle cycle, string key, CancellationToken cancel)
    {
        var lacking = new List<Lack>();
        foreach (var check in checks.Where(check => check.Activity == key))
        {
            lacking.AddRange(await check.FindAsync(cycle, cancel));
        }
        return lacking;
    }
}
