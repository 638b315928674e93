using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using OpenGov.Functions.Emails;

namespace OpenGov.Functions.Notices;

/// <summary>A notice that the chronogram or a request makes due on one day.</summary>
/// <param name="Kind">Names the <see cref="INoticeKind"/>: "activity", "request".</param>
/// <param name="Subject">The activity's key, the request's id.</param>
/// <param name="Version">Of the subject's dates; a notice of an older version does not go out.</param>
/// <param name="Occasions">One, or several of one subject that meet on the day.</param>
public sealed record DueNotice(string Kind, string Subject, string Version, LocalDate SendOn, IReadOnlyList<Occasion> Occasions)
{
    /// <summary>Stable: one notice goes to a recipient for it, however often timers fire.</summary>
    [JsonIgnore]
    public string Identity => $"{Kind}!{Subject}!{Version}!{string.Join('+', Occasions.Select(occasion => $"{occasion.Name}@{occasion.Date:yyyyMMdd}"))}";
}

/// <param name="Name">"opens-3", "closes-0", "late", "half-way", "no-answer"…</param>
/// <param name="Date">The day the occasion is about (the opening, the deadline), not the day it is announced.</param>
public sealed record Occasion(string Name, LocalDate Date);

/// <summary>A line of one mailbox's digest of a day.</summary>
/// <param name="Model">What <see cref="INoticeKind.Describe"/> needs to word it.</param>
/// <param name="Unsubscribe">Where its reader ends such lines; null for who reads by office.</param>
public sealed record DigestLine(string Kind, string Identity, JsonElement Model, string? Unsubscribe = null);

public sealed record Recipient(string Mailbox, string Language, DigestLine Line);

/// <summary>
/// A feature's side of its notices: whether one still holds on the day it would go, who gets it, and its words.
/// Registered by the feature; the digest knows none of them.
/// </summary>
public interface INoticeKind
{
    string Kind { get; }

    /// <summary>Empty where the notice no longer holds (answered, done, other version).</summary>
    Task<IReadOnlyList<Recipient>> RecipientsAsync(DueNotice notice, LocalDate today, CancellationToken cancel);

    /// <summary>The line's words in the current language, true on <paramref name="today"/>; the first part is its headline.</summary>
    IReadOnlyList<MailPart> Describe(JsonElement model, LocalDate today);

    /// <summary>What it was about, in the current language, once it holds no more.</summary>
    string TitleOf(DueNotice notice) => notice.Subject;

    /// <summary>What is planned once <paramref name="sent"/> has gone out; null where nothing follows.</summary>
    Task<DueNotice?> NextAsync(DueNotice sent, LocalDate today, CancellationToken cancel) => Task.FromResult<DueNotice?>(null);
}

/// <summary>Effect that puts notices into the due index; a notice whose day has passed waits for the next digest.</summary>
public static class PlanNotices
{
    public const string EffectKind = "plan-notices";

    public static Storage.Effect Of(string identity, IReadOnlyList<DueNotice> notices) =>
        Storage.Effect.Of(EffectKind, identity, notices);
}
