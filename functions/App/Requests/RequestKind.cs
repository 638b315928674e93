using Microsoft.Extensions.Localization;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Requests;

/// <summary>
/// What one kind of request asks and how it may be answered. A kind is one class in its feature's folder, and is
/// registered there; page, form, checks, e-mails, reminders and the public list work from it.
/// </summary>
public interface IRequestKind
{
    string Kind { get; }

    /// <summary>The key of the activity that it belongs to.</summary>
    string Activity { get; }

    IReadOnlyList<RequestChoice> Choices { get; }

    /// <summary>
    /// The kind's words: "Subject" (of the nota; {0} its number, {1} the due day), "Title", "Lead", "Letter" (the nota's
    /// paragraph), "Choice-…" and "Said-…" per choice, "Field-…" and "Field-…-Hint" per field.
    /// </summary>
    IStringLocalizer Texts { get; }

    /// <summary>What the page says of an item, beside its title and text.</summary>
    IReadOnlyList<(string Label, string Value)> FactsOf(RequestItem item);

    /// <summary>The name of a text of <see cref="Texts"/> that says what is wrong with the field, or null.</summary>
    string? FaultOf(RequestItem item, ChoiceField field, string text);

    /// <summary>What must follow once the office has confirmed.</summary>
    IEnumerable<Effect> FollowConfirmation(OfficialRequest request, RequestAnswer answer);
}

/// <param name="Name">"approve"; what the form and the record call it.</param>
/// <param name="Fields">What must be said with it.</param>
public sealed record RequestChoice(string Name, params IReadOnlyList<ChoiceField> Fields);

/// <param name="MaxLength">In Unicode code points.</param>
/// <param name="OneLine">It may hold no line break.</param>
public sealed record ChoiceField(string Name, int MaxLength, bool OneLine = false);

public sealed class RequestKinds(IEnumerable<IRequestKind> kinds)
{
    private readonly Dictionary<string, IRequestKind> byName = kinds.ToDictionary(kind => kind.Kind);

    public IRequestKind Of(OfficialRequest request) => Named(request.Kind);

    public IRequestKind Named(string kind) => byName[kind];
}
