namespace OpenGov.Functions.Web;

/// <summary>A field of a form and what is wrong with it, in the words of its reader.</summary>
public sealed record FieldError(string Field, string Message);

/// <summary>A field and the name of the text that says what is wrong with it.</summary>
public sealed record Fault(string Field, string Text, params object[] Arguments);
