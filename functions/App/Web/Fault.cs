using Microsoft.Extensions.Localization;

namespace OpenGov.Functions.Web;

/// <summary>A field of a form and what is wrong with it, in the words of its reader.</summary>
public sealed record FieldError(string Field, string Message);

/// <summary>A field and the name of the text that says what is wrong with it.</summary>
public sealed record Fault(string Field, string Text, params object[] Arguments);

public static class Faults
{
    /// <summary>In the words of "Fault-…", each at the field's id on its page.</summary>
    /// <param name="form">Comes before the ids of a form that shares its page with others.</param>
    public static IReadOnlyList<FieldError> In(this IEnumerable<Fault> faults, IStringLocalizer texts, string form = "") =>
        [.. faults.Select(fault => new FieldError(form + fault.Field, texts[$"Fault-{fault.Text}", fault.Arguments]))];

    public static string? Of(this IEnumerable<FieldError> errors, string field) => errors.FirstOrDefault(error => error.Field == field)?.Message;
}
