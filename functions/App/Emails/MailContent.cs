using System.Text.Json;

namespace OpenGov.Functions.Emails;

/// <summary>A mail as its parts: the HTML page and its plain-text twin are both drawn from them.</summary>
public sealed record MailContent(string Subject, IReadOnlyList<MailPart> Parts)
{
    public IReadOnlyList<MailFile> Files { get; init; } = [];

    /// <summary>Where its reader ends what he subscribed to; null for what answers an act or an office.</summary>
    public string? Unsubscribe { get; init; }
}

/// <param name="Type">Its media type.</param>
public sealed record MailFile(string Name, string Type, string Text);

public abstract record MailPart
{
    /// <summary>The words of a part that is made of words alone.</summary>
    public string Words => this switch
    {
        Heading heading => heading.Text,
        Subheading subheading => subheading.Text,
        Paragraph paragraph => paragraph.Text,
        _ => "",
    };

    public sealed record Heading(string Text) : MailPart;
    public sealed record Subheading(string Text) : MailPart;
    public sealed record Paragraph(string Text) : MailPart;
    public sealed record Facts(IReadOnlyList<(string Label, string Value)> Rows) : MailPart;
    public sealed record Items(IReadOnlyList<string> Texts) : MailPart;
    public sealed record Button(string Text, string Url) : MailPart;
    /// <summary>A code to be copied: large, unbroken.</summary>
    public sealed record Code(string Text) : MailPart;
    /// <summary>Words of somebody else, shown as such.</summary>
    public sealed record Quote(string Text) : MailPart;
    public sealed record Small(string Text) : MailPart;
}

/// <summary>Writes one kind of mail, in the language of <see cref="System.Globalization.CultureInfo.CurrentUICulture"/>.</summary>
public interface IMailWriter
{
    string Template { get; }

    /// <summary>Null where the mail must not go any more (a code replaced by a newer one).</summary>
    Task<MailContent?> WriteAsync(JsonElement model, CancellationToken cancel);

    /// <summary>The console's path to what the mail is about; null where there is none.</summary>
    string? StaffPath(JsonElement model) => null;
}
