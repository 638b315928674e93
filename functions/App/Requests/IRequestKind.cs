using Microsoft.Extensions.Localization;
using NodaTime;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Requests;

/// <summary>
/// What one kind of request asks and how it may be answered. A kind is one class in its feature's folder, and is
/// registered there; page, form, checks, e-mails, letter, reminders, the console and the public list work from it.
/// Staff send it at <see cref="SentFrom"/> and read its answers at /staff/answers/{kind}; a feature that acts on them
/// reads them by <see cref="ItemAnswers"/>.
/// </summary>
public interface IRequestKind
{
    string Kind { get; }

    /// <summary>The key of the activity that it belongs to.</summary>
    string Activity { get; }

    /// <summary>
    /// Names the <see cref="IAddressees"/>: the authorities of institutions (<see cref="Authorities.Of"/> makes one of an
    /// institution), the liaisons or the forum's members, whose groups are named in their features.
    /// </summary>
    string Asks => OfficeChanged.Authorities;

    /// <summary>It takes effect when the office's mailbox confirms with a code; else by whoever holds the link, at once.</summary>
    bool IsBinding => true;

    /// <summary>
    /// It is numbered, mailed, reminded of and told to the public as a nota. Else it rides on a mail of its own feature,
    /// for people who hold no office.
    /// </summary>
    bool IsNota => true;

    /// <summary>
    /// The kind's words: "Subject" (of the nota's mail, in the office's language; {0} its number, {1} the due day),
    /// "Title", "Lead" (above the form), "Letter" (the nota's paragraph; {0} the cycle), "Field-…" per field and, where
    /// there is more than one choice, "Choice-…" and "Said-…" for each. Hints may be added: "Choice-…-Hint",
    /// "Field-…-Hint". Where staff must say something when they send it: "Details", "Details-Hint", "Details-Wrong".
    /// </summary>
    IStringLocalizer Texts { get; }

    /// <summary>How an item may be answered; where there is one way only, nothing is chosen.</summary>
    IReadOnlyList<RequestChoice> Choices { get; }

    /// <summary>Where it depends on the item.</summary>
    IReadOnlyList<RequestChoice> ChoicesOf(RequestItem item) => Choices;

    /// <summary>What the page says of an item, beside its title and text.</summary>
    IReadOnlyList<(string Label, string Value)> FactsOf(RequestItem item) => [];

    /// <summary>The texts that <see cref="FaultOf"/> may name; {0} is the item's number.</summary>
    IReadOnlyList<string> Faults => [];

    /// <summary>
    /// What is wrong with a field, as one of <see cref="Faults"/>; null where nothing is. It is asked last, of what is
    /// filled in, no longer than the field's length and of its format: those faults have words of their own.
    /// </summary>
    /// <param name="said">What was typed into the fields of the choice, by their names, without surrounding white space.</param>
    string? FaultOf(RequestItem item, string field, IReadOnlyDictionary<string, string> said) => null;

    /// <summary>Why it takes no answer any more, in words, though nobody closed it; null where it does.</summary>
    Task<string?> EndedAsync(OfficialRequest request, CancellationToken cancel) => Task.FromResult<string?>(null);

    /// <summary>What must follow once it is answered.</summary>
    IEnumerable<Effect> FollowAnswer(OfficialRequest request, RequestAnswer answer) => [];

    /// <summary>The console's page on which staff see who could be asked, and send it.</summary>
    string SentFrom => $"/staff/ask/{Kind}";

    /// <summary>The day that the form suggests as due.</summary>
    LocalDate SuggestedDue(Cycle cycle) => cycle.Activity(Activity).Closes;

    /// <summary>
    /// Everybody who could be asked, and all of which: what was asked already is left out by the form, item by item.
    /// Nobody where another page sends it.
    /// </summary>
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

    public IReadOnlyCollection<IRequestKind> All => byName.Values;

    public IRequestKind Of(OfficialRequest request) => Named(request.Kind);

    public IRequestKind Named(string kind) => byName[kind];

    public IRequestKind? Find(string? kind) => kind is null ? null : byName.GetValueOrDefault(kind);
}
