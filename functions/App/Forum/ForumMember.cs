namespace OpenGov.Functions.Forum;

/// <summary>Who sits in the forum (CNGAP) that decides with ANTAI. Name and organization are public, the mailbox is not.</summary>
/// <param name="Code">Upper-case letters, digits and '-': "M-01".</param>
/// <param name="Government">For a body of the state; else for civil society, academia or the private sector.</param>
public sealed record ForumMember(string Code, string Name, string Organization, bool Government, string Mailbox)
{
    /// <summary>Raised when another person takes the seat: what is asked follows.</summary>
    public int Term { get; init; }
}
