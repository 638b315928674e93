using System.Security.Cryptography;
using System.Text.Json;
using NodaTime;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Requests;

public sealed record Draft(int Version, int WrongCodes);

/// <summary>An answer that took effect.</summary>
/// <param name="Hash">Of the version that was confirmed.</param>
/// <param name="Term">Which holder of the office answered: 0 for the first, one more after each reissue.</param>
/// <param name="Paper">Null where the office confirmed by its code.</param>
public sealed record Confirmation(int Version, Instant At, bool Late, string Hash, int Term = 0, PaperSource? Paper = null);

/// <summary>A signed nota on paper, entered by staff.</summary>
/// <param name="ReceivedOn">The day it came to the desk: it decides whether the answer was in time.</param>
/// <param name="SignedOn">The day written on it, where there is one.</param>
/// <param name="Scan">The SHA-256 under which its scan is kept.</param>
public sealed record PaperSource(LocalDate ReceivedOn, LocalDate? SignedOn, string Scan, string EnteredBy);

/// <summary>One version of an answer: written once, never changed.</summary>
/// <param name="Name">Who prepared or signed it, as typed.</param>
public sealed record RequestAnswer(
    string Request, int Version, IReadOnlyList<ItemAnswer> Items, string Name, string Office, Instant PreparedAt, PaperSource? Paper = null)
{
    /// <summary>SHA-256 of the version as it is stored.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, Json.Options)));

    public bool SaysTheSameAs(RequestAnswer other) =>
        Name == other.Name && Office == other.Office && Paper == other.Paper
        && JsonSerializer.Serialize(Items, Json.Options) == JsonSerializer.Serialize(other.Items, Json.Options);
}

/// <param name="Texts">By the name of the choice's field, in the order of the fields.</param>
public sealed record ItemAnswer(string Item, string Choice, IReadOnlyDictionary<string, string> Texts);
