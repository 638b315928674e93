using NodaTime;

namespace OpenGov.Functions.Cycles;

/// <summary>What shows that an activity was carried out. Registered by the feature that carries it.</summary>
public interface IActivityEvidence
{
    Task<IReadOnlyList<Evidence>> ListAsync(Cycle cycle, CancellationToken cancel);
}

/// <param name="Activity">The key of the activity.</param>
/// <param name="What">In the language of the reader.</param>
/// <param name="Path">Of the public page.</param>
public sealed record Evidence(string Activity, string What, LocalDate? On, string Path);

public sealed class ActivityEvidence(IEnumerable<IActivityEvidence> sources)
{
    /// <summary>In the order of the activities.</summary>
    public async Task<IReadOnlyList<Evidence>> ListAsync(Cycle cycle, CancellationToken cancel)
    {
        var all = new List<Evidence>();
        foreach (var source in sources)
        {
            all.AddRange(await source.ListAsync(cycle, cancel));
        }
        var order = cycle.Activities.ToDictionary(activity => activity.Key, activity => activity.Number);
        return [.. all.Where(one => order.ContainsKey(one.Activity)).OrderBy(one => order[one.Activity]).ThenBy(one => one.On)];
    }
}
