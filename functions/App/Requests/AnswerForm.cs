using Microsoft.Extensions.Localization;
using NodaTime.Text;
using OpenGov.Functions.Imports;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Requests;

/// <summary>What was typed into an answer's form, by the names of its fields: shown again as it was, whatever is wrong.</summary>
public sealed record AnswerForm(IReadOnlyDictionary<string, string> Typed)
{
    public const string Name = "name";
    public const string Office = "office";
    private const int LongestAnswer = 300_000;

    public static string ChoiceOf(RequestItem item) => $"items[{item.Number}].choice";

    public static string FieldOf(RequestItem item, string field) => $"items[{item.Number}].{field}";

    public string this[string name] => Typed.GetValueOrDefault(name, "");

    /// <summary>The form as it would look had it been typed from <paramref name="answer"/>.</summary>
    public static AnswerForm Of(RequestAnswer? answer) => new(answer is null ? new Dictionary<string, string>() : answer.Items
        .SelectMany(item => item.Texts.Select(text => KeyValuePair.Create($"items[{item.Item}].{text.Key}", text.Value))
            .Append(KeyValuePair.Create($"items[{item.Item}].choice", item.Choice)))
        .Append(KeyValuePair.Create(Name, answer.Name)).Append(KeyValuePair.Create(Office, answer.Office)).ToDictionary());

    /// <summary>The answers, with the errors by field; an answer with errors is not to be used.</summary>
    public (IReadOnlyList<ItemAnswer> Items, IReadOnlyList<FieldError> Errors) Read(
        OfficialRequest request, IRequestKind kind, IStringLocalizer<RequestTexts> texts)
    {
        var errors = new List<FieldError>();
        var items = new List<ItemAnswer>();
        foreach (var item in request.Items)
        {
            var choices = kind.ChoicesOf(item);
            if (choices.FirstOrDefault(choice => choice.Name == this[ChoiceOf(item)]) is not { } choice)
            {
                errors.Add(new FieldError(ChoiceOf(item), texts["ErrorChoice", item.Number]));
                continue;
            }
            var said = choice.Fields.ToDictionary(field => field.Name, field => field.OneLine ? Line(this[FieldOf(item, field.Name)]) : Clean(this[FieldOf(item, field.Name)]));
            foreach (var field in choice.Fields)
            {
                if (FaultOf(item, kind, field, said, texts) is { } fault)
                {
                    errors.Add(new FieldError(FieldOf(item, field.Name), fault));
                }
            }
            items.Add(new ItemAnswer(item.Number, choice.Name, said.Where(text => text.Value.Length > 0).ToDictionary()));
        }
        errors.AddRange(new[] { Name, Office }.Take(kind.IsNota ? 2 : 1).Select(line => ErrorOfLine(line, this[line], texts)).OfType<FieldError>());
        if (errors.Count == 0 && items.Sum(item => item.Texts.Values.Sum(text => text.Length)) > LongestAnswer)
        {
            errors.Add(new FieldError(ChoiceOf(request.Items[0]), texts["ErrorAllTooLong"]));
        }
        return (items, errors);
    }

    private static string? FaultOf(
        RequestItem item, IRequestKind kind, ChoiceField field, Dictionary<string, string> said, IStringLocalizer<RequestTexts> texts)
    {
        var text = said[field.Name];
        var label = kind.LabelOf(item, field.Name);
        return text.Length == 0 ? field.Optional ? null : texts["ErrorMissing", label, item.Number].Value
            : text.EnumerateRunes().Count() > field.MaxLength ? texts["ErrorTooLong", label, item.Number, field.MaxLength].Value
            : field.OneLine && text.Contains('\n', StringComparison.Ordinal) ? texts["ErrorLineBreak", label, item.Number]
            : field.Format == FieldFormat.Mailbox && !RowRules.IsMailbox(text) ? texts["ErrorMailbox", label, item.Number]
            : field.Format == FieldFormat.Date && !LocalDatePattern.Iso.Parse(text).Success ? texts["ErrorDate", label, item.Number]
            : kind.FaultOf(item, field.Name, said) is { } own ? kind.Texts[own, item.Number].Value
            : null;
    }

    /// <summary>What was typed into a field of one line, without control characters.</summary>
    public static string Line(string typed) => WithoutControls(typed).Trim(' ', '\t');

    internal static FieldError? ErrorOfLine(string name, string typed, IStringLocalizer<RequestTexts> texts)
    {
        var text = Line(typed);
        return text.Length == 0 ? new FieldError(name, texts[$"ErrorNo-{name}"])
            : text.Contains('\n', StringComparison.Ordinal) ? new FieldError(name, texts["ErrorLine", texts[$"Label-{name}"]])
            : text.EnumerateRunes().Count() > RequestLimits.Line ? new FieldError(name, texts["ErrorLineTooLong", texts[$"Label-{name}"], RequestLimits.Line])
            : null;
    }

    public static string Clean(string text) => WithoutControls(text).Trim();

    // A form writes a line end as two signs; one is kept, and no other control character.
    private static string WithoutControls(string text) =>
        new([.. text.ReplaceLineEndings("\n").Where(symbol => symbol is '\n' or '\t' || !char.IsControl(symbol))]);
}
