using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Requests;

/// <summary>
/// What one kind of request asks and how it may be answered. A kind is one class in its feature's folder, and is
/// registered there; page, form, checks, e-mails, letter, reminders, the console and the public list work from it.
/// </summary>
public interface IRequestKind
{
    string Kind { get; }

    /// <summary>The key of the activity that it belongs to.</summary>
    string Activity { get; }

    /// <summary>Names the <see cref="IAddressees"/>.</summary>
    string Asks => OfficeChanged.Authorities;

    /// <summary>It takes effect when the office's mailbox confirms with a code; else by whoever holds the link, at once.</summary>
    bool IsBinding => true;

    /// <summary>
    /// It is numbered, mailed, reminded of and told to the public as a nota. Else it rides on a mail of its own feature,
    /// for people who hold no office.
    /// </summary>
    bool IsNota => true;

    /// <summary>
    /// The kind's words: "Subject" (of the nota; {0} its number, {1} the due day), "Title", "Lead", "Letter" (the nota's
    /// paragraph; {0} the cycle), "Choice-…" and "Said-…" per choice, "Field-…" and "Field-…-Hint" per field; "Details"
    /// and "Details-Hint" where staff must say something when they send it.
    /// </summary>
    IStringLocalizer Texts { get; }

    /// <summary>How the item may be answered; where there is one way only, nothing is chosen.</summary>
    IReadOnlyList<RequestChoice> ChoicesOf(RequestItem item);

    /// <summary>What the page says of an item, beside its title and text.</summary>
    IReadOnlyList<(string Label, string Value)> FactsOf(RequestItem item) => [];

    /// <summary>The name of a text of <see cref="Texts"/> that says what is wrong with the field, or null; {0} is the item's number.</summary>
    /// <param name="said">What was typed into the fields of the choice, by their names.</param>
    string? FaultOf(RequestItem item, string field, IReadOnlyDictionary<string, string> said) => null;

    /// <summary>Why it takes no answer any more, in words, though nobody closed it; null where it does.</summary>
    Task<string?> EndedAsync(OfficialRequest request, CancellationToken cancel) => Task.FromResult<string?>(null);

    /// <summary>What must follow once it is answered.</summary>
    IEnumerable<Effect> FollowAnswer(OfficialRequest request, RequestAnswer answer) => [];

    /// <summary>Who could be asked now, and what; nobody where another page sends it.</summary>
    Task<IReadOnlyList<Inquiry>> InquiriesAsync(Cycle cycle, CancellationToken cancel) => Task.FromResult<IReadOnlyList<Inquiry>>([]);

    /// <summary>The item with what staff said when they sent it; null where that is not to be understood.</summary>
    RequestItem? WithDetails(RequestItem item, string details, Cycle cycle) => item;
}

/// <summary>Something that one office could be asked.</summary>
public sealed record Inquiry(Addressee To, IReadOnlyList<RequestItem> Items);

/// <param name="Name">"approve"; what the form and the record call it.</param>
/// <param name="Fields">What may or must be said with it.</param>
public sealed record RequestChoice(string Name, params IReadOnlyList<ChoiceField> Fields)
{
    /// <summary>Where it depends on the item; else the kind's words name it.</summary>
    public string? Label { get; init; }
}

public enum FieldFormat { Text, Line, Mailbox, Date }

/// <param name="MaxLength">In Unicode code points.</param>
/// <param name="Format">All but a text may hold no line break.</param>
public sealed record ChoiceField(string Name, int MaxLength, FieldFormat Format = FieldFormat.Text, bool Optional = false)
{
    /// <summary>Where it depends on the item; else the kind's words name it.</summary>
    public string? Label { get; init; }

    /// <summary>Fields of one group stand together under it, and are folded while they are empty.</summary>
    public string? Group { get; init; }

    /// <summary>For the staff: neither the public list nor the record holds it.</summary>
    public bool IsPrivate { get; init; }

    public bool OneLine => Format != FieldFormat.Text;
}

public static class RequestKindExtensions
{
    public static string LabelOf(this IRequestKind kind, RequestChoice choice) => choice.Label ?? kind.Texts[$"Choice-{choice.Name}"];

    public static string LabelOf(this IRequestKind kind, RequestItem item, string field) =>
        kind.ChoicesOf(item).SelectMany(choice => choice.Fields).FirstOrDefault(known => known.Name == field)?.Label ?? kind.Texts[$"Field-{field}"];

    /// <summary>"aprobada": the choice as it is told of afterwards.</summary>
    public static string SaidOf(this IRequestKind kind, RequestItem item, string choice) =>
        kind.ChoicesOf(item).FirstOrDefault(known => known.Name == choice)?.Label ?? kind.Texts[$"Said-{choice}"];

    /// <summary>The answer without what is for the staff alone.</summary>
    public static IReadOnlyList<ItemAnswer> PublicPart(this IRequestKind kind, OfficialRequest request, RequestAnswer answer) =>
        [.. answer.Items.Select(said => said with { Texts = PublicTexts(kind, request.Items.Single(item => item.Number == said.Item), said) })];

    private static Dictionary<string, string> PublicTexts(IRequestKind kind, RequestItem item, ItemAnswer said)
    {
        var hidden = kind.ChoicesOf(item).FirstOrDefault(choice => choice.Name == said.Choice)?.Fields
            .Where(field => field.IsPrivate).Select(field => field.Name).ToHashSet() ?? [];
        return said.Texts.Where(text => !hidden.Contains(text.Key)).ToDictionary();
    }
}

public sealed class RequestKinds(IEnumerable<IRequestKind> kinds)
{
    private readonly Dictionary<string, IRequestKind> byName = kinds.ToDictionary(kind => kind.Kind);

    /// <summary>By the activities that they belong to.</summary>
    public IReadOnlyCollection<IRequestKind> All => byName.Values;

    public IRequestKind Of(OfficialRequest request) => Named(request.Kind);

    public IRequestKind Named(string kind) => byName[kind];

    public IRequestKind? Find(string? kind) => kind is null ? null : byName.GetValueOrDefault(kind);
}
