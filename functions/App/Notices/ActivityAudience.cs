using OpenGov.Functions.Cycles;

namespace OpenGov.Functions.Notices;

/// <summary>Who reads the notices of some activities, beside the staff. Registered by the feature that knows them.</summary>
public interface IActivityAudience
{
    /// <summary>By which an activity names it in the cycle's file: "forum".</summary>
    string Name { get; }

    Task<IReadOnlyList<Reader>> ReadersAsync(Cycle cycle, CancellationToken cancel);
}
