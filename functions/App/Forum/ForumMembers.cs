using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Requests;

namespace OpenGov.Functions.Forum;

/// <summary>The forum's members as those who are asked: a seat passes to whoever the organization names.</summary>
public sealed class ForumMembers(ForumStore forum) : IAddressees
{
    public const string Name = "member";
    private const string Title = "Miembro de la CNGAP";

    public string Group => Name;

    public async Task<IReadOnlyList<Addressee>> ListAsync(Cycle cycle, CancellationToken cancel) => [.. (await forum.ListAsync(cycle, cancel)).Select(Of)];

    public async Task<Addressee?> FindAsync(Cycle cycle, string institution, string? seat, CancellationToken cancel) =>
        (await forum.ListAsync(cycle, cancel)).FirstOrDefault(member => member.Code == institution) is { } member ? Of(member) : null;

    private static Addressee Of(ForumMember member) => new(member.Code, member.Organization, new Office(Title, member.Mailbox, member.Name, Term: member.Term));
}
