using OpenGov.Functions.Cycles;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Forum;

/// <summary>The forum's members read the notices of the activities that are theirs, and of every change of the chronogram.</summary>
public sealed class ForumAudience(ForumStore forum) : IActivityAudience, IAudience
{
    public string Name => "forum";

    public async Task<IReadOnlyList<Reader>> ReadersAsync(Cycle cycle, CancellationToken cancel) =>
        [.. (await forum.ListAsync(cycle, cancel)).Select(member => new Reader(member.Mailbox, Language.Spanish))];

    public Task<IReadOnlyList<Reader>> ReadersAsync(Cycle cycle, Rebaselining change, CancellationToken cancel) => ReadersAsync(cycle, cancel);
}
