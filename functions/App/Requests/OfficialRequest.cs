using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Requests;

/// <summary>
/// A nota: what an office is asked, until when, and how far it got. It follows the office and not the person.
/// </summary>
/// <param name="Id">"001-2019", unique in its cycle.</param>
/// <param name="Kind">Names the <see cref="IRequestKind"/>.</param>
/// <param name="Number">As it is cited: "Nota N.º 001-2019".</param>
/// <param name="Office">As it was when the nota was sent: the code goes to the mailbox to which the nota went.</param>
/// <param name="Generation">Raised when the links sent before must die.</param>
public sealed record OfficialRequest(
    string Cycle, string Id, string Kind, string Number, int Round, string Institution, string InstitutionName,
    Office Office, string SecretariatMailbox, IReadOnlyList<RequestItem> Items, Instant SentAt, LocalDate Due, int Generation = 0)
{
    /// <summary>Prepared by whoever holds the link, and waiting for its code; null when nothing waits.</summary>
    public Draft? Draft { get; init; }

    /// <summary>When each version of the answer was prepared, from version 1 on.</summary>
    public IReadOnlyList<Instant> Prepared { get; init; } = [];

    /// <summary>In order; the last one stands.</summary>
    public IReadOnlyList<Confirmation> Confirmations { get; init; } = [];

    /// <summary>When staff closed the round; null while answers are accepted.</summary>
    public Instant? ClosedAt { get; init; }

    [JsonIgnore]
    public Confirmation? Standing => Confirmations.Count > 0 ? Confirmations[^1] : null;

    public RequestState StateAt(Instant now, Cycle cycle) =>
        Standing is not null ? RequestState.Confirmed
        : now >= cycle.EndOf(Due) ? RequestState.NoAnswer
        : RequestState.Sent;

    public bool IsLateAt(Instant now, Cycle cycle) => Standing?.Late ?? now >= cycle.EndOf(Due);

    /// <summary>What the public sees of its course: what was only prepared is not in it.</summary>
    public IReadOnlyList<RequestStep> TimelineAt(Instant now, Cycle cycle)
    {
        var steps = Confirmations.Select((confirmation, index) => new RequestStep(
            confirmation.At, index > 0 ? "corrected" : confirmation.Late ? "confirmed-late" : "confirmed")).Prepend(new RequestStep(SentAt, "sent"));
        if (now >= cycle.EndOf(Due) && Confirmations is [] or [{ Late: true }, ..])
        {
            steps = steps.Append(new RequestStep(cycle.EndOf(Due) - Duration.FromSeconds(1), "no-answer"));
        }
        if (ClosedAt is { } closed)
        {
            steps = steps.Append(new RequestStep(closed, "closed"));
        }
        return [.. steps.OrderBy(step => step.At)];
    }
}

public enum RequestState { Sent, Confirmed, NoAnswer }

/// <param name="What">"sent", "confirmed", "confirmed-late", "corrected", "no-answer", "closed".</param>
public sealed record RequestStep(Instant At, string What);

/// <summary>One thing that is asked; frozen when the nota is sent.</summary>
/// <param name="Data">What its kind wants to say of it.</param>
public sealed record RequestItem(string Number, string Title, string Text, JsonElement Data);

public sealed record Draft(int Version, int WrongCodes);

/// <param name="Hash">Of the version that was confirmed.</param>
public sealed record Confirmation(int Version, Instant At, bool Late, string Hash);

/// <summary>One version of an answer: written once, never changed.</summary>
/// <param name="Name">Who prepared it, as typed.</param>
public sealed record RequestAnswer(
    string Request, int Version, IReadOnlyList<ItemAnswer> Items, string Name, string Office, Instant PreparedAt)
{
    /// <summary>SHA-256 of the version as it is stored.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, Json.Options)));

    public bool SaysTheSameAs(RequestAnswer other) =>
        Name == other.Name && Office == other.Office
        && JsonSerializer.Serialize(Items, Json.Options) == JsonSerializer.Serialize(other.Items, Json.Options);
}

/// <param name="Texts">By the name of the choice's field, in the order of the fields.</param>
public sealed record ItemAnswer(string Item, string Choice, IReadOnlyDictionary<string, string> Texts);
