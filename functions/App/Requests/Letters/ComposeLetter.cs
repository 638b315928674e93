using System.Globalization;
using System.Text;
using Microsoft.Extensions.Localization;
using NodaTime;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Requests.Letters;

/// <summary>Puts a nota into the words of an official letter: Spanish, whoever asks for it.</summary>
public sealed class ComposeLetter(
    RequestKinds kinds, RequestLinks links, EmailSettings email, CurrentCycle cycles, IStringLocalizer<LetterTexts> texts, IStringLocalizer<RequestTexts> words)
{
    private const int LinesOfLongText = 5;
    private const int LinesOfText = 3;
    private const int LongText = 4000;
    private const int RuleLength = 60;

    public async Task<LetterSender> SenderAsync(CancellationToken cancel)
    {
        Language.Use(Language.Spanish);
        var name = email.From.DisplayName is { Length: > 0 } display ? display : texts["Authority"].Value;
        return new LetterSender(name, (await cycles.GetAsync(cancel)).Name.ToString(), email.ReplyTo.Address);
    }

    public async Task<Letter> ComposeAsync(OfficialRequest request, CancellationToken cancel)
    {
        // For this call and what it calls: the caller's language stays.
        Language.Use(Language.Spanish);
        var cycle = await cycles.GetAsync(cancel);
        var kind = kinds.Of(request);
        var items = request.Items.Select(item => new LetterItem(
            $"{item.Number} · {item.Title}", item.Text, kind.FactsOf(item), [.. kind.ChoicesOf(item).Select(choice => ChoiceOf(choice, kind))])).ToList();
        var (date, office) = (cycle.DateOf(request.IssuedAt), request.Office);
        var title = office.Acting ? $"{office.Title} ({words["Acting"]})" : office.Title;
        var values = new Dictionary<LetterField, string>
        {
            [LetterField.Number] = request.Number,
            [LetterField.Code] = request.Institution,
            [LetterField.Date] = texts["PlaceAndDate", Written(date)],
            [LetterField.Treatment] = texts["Treatment"],
            [LetterField.Name] = office.Holder ?? "",
            [LetterField.Office] = title,
            [LetterField.Institution] = request.InstitutionName,
            [LetterField.Salutation] = texts["Salutation", office.Title],
            [LetterField.Subject] = kind.Texts["Title"],
            [LetterField.Opening] = string.Join(' ', WhyAgain(request, cycle).Append(kind.Texts["Letter", cycle.Name])),
            [LetterField.Items] = TextOf(items),
            [LetterField.Deadline] = texts["Deadline", DateWords.Day(request.Due)],
            [LetterField.HowLink] = texts[kind.IsBinding ? "HowLink" : "HowLinkAtOnce"],
            [LetterField.Address] = links.AddressFor(request),
            [LetterField.Public] = texts[request.SecretariatMailbox is null ? "Public" : "PublicElevated"] + (kind.IsBinding ? $" {texts["SilenceIsNoApproval"]}" : ""),
            [LetterField.Slip] = SlipOf(items),
        };
        return new Letter(request.Id, date, values, items);
    }

    private IEnumerable<string> WhyAgain(OfficialRequest request, Cycle cycle)
    {
        if (request.Term > 0)
        {
            yield return texts["Reissued", DateWords.Day(cycle.DateOf(request.SentAt)), DateWords.Day(request.Due)];
        }
        if (request.Standing is { } standing && standing.Term < request.Term)
        {
            yield return texts["AnswerStands"];
        }
    }

    private string Written(LocalDate date) => date.ToString(texts["DatePattern"], CultureInfo.GetCultureInfo("es-PA"));

    private LetterChoice ChoiceOf(RequestChoice choice, IRequestKind kind)
    {
        var words = kind.Texts;
        var hint = words[$"Choice-{choice.Name}-Hint"];
        return new LetterChoice(
            kind.LabelOf(choice), hint.ResourceNotFound ? null : hint.Value,
            [.. choice.Fields.Select(field => new LetterRoom(
                field.Label ?? words[$"Field-{field.Name}"], NotesOn(field, words), field.OneLine ? 1 : field.MaxLength > LongText ? LinesOfLongText : LinesOfText))]);
    }

    private string NotesOn(ChoiceField field, IStringLocalizer words)
    {
        // What a text should say is told by its choice.
        var notes = new[] { field.OneLine && words[$"Field-{field.Name}-Hint"] is { ResourceNotFound: false } hint ? hint.Value : null, field.Optional ? texts["Optional"].Value : null }.OfType<string>().ToList();
        return notes.Count == 0 ? "" : $" ({string.Join("; ", notes)})";
    }

    private static string TextOf(IEnumerable<LetterItem> items) => string.Join("\n\n", items.Select((item, index) => string.Join('\n',
    [
        string.Create(CultureInfo.InvariantCulture, $"{index + 1}. {item.Heading}"),
        .. item.Facts.Select(fact => $"{fact.Label}: {fact.Value}"),
        item.Text,
    ])));

    private static string SlipOf(IEnumerable<LetterItem> items)
    {
        var text = new StringBuilder();
        foreach (var item in items)
        {
            text.Append(item.Heading).Append('\n');
            foreach (var choice in item.Choices)
            {
                text.Append(CultureInfo.InvariantCulture, $"{CheckBox.Empty} {choice.Label}").Append('\n');
                foreach (var room in choice.Rooms)
                {
                    text.Append(room.Label).Append(':').Append(room.Notes).Append('\n').Insert(text.Length, new string('_', RuleLength) + "\n", room.Lines);
                }
            }
            text.Append('\n');
        }
        return text.ToString().TrimEnd('\n');
    }
}
