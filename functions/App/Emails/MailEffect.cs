using System.Text.Json;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Emails;

/// <param name="Identity">Stable: one mail goes out for it, however often its effect is delivered.</param>
/// <param name="Template">Names the <see cref="IMailWriter"/>.</param>
/// <param name="Language">"es" or "en".</param>
/// <param name="Model">What the writer needs; it is written when the mail is sent.</param>
public sealed record MailEffect(string Identity, string Template, string To, string Language, JsonElement Model)
{
    public const string Kind = "mail";

    public static Effect Send<T>(string identity, string template, string to, string language, T model) =>
        Again(new MailEffect(identity, template, to, language, JsonSerializer.SerializeToElement(model, Json.Options)));

    internal static Effect Again(MailEffect mail) => Effect.Of(Kind, mail.Identity, mail);
}
