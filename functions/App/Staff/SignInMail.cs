using System.Text.Json;
using Microsoft.Extensions.Localization;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff;

/// <summary>The mail with the link. The token is made when the mail is written: no row ever holds it.</summary>
public sealed class SignInMail(Links links, Site site, TimeProvider clock, IStringLocalizer<StaffTexts> texts) : IMailWriter
{
    public const string Name = "staff-sign-in";

    public string Template => Name;

    public Task<MailContent?> WriteAsync(JsonElement model, CancellationToken cancel)
    {
        var asked = model.Deserialize<Model>(Json.Options)!;
        var expires = asked.IssuedAt + SignInLinks.Life;
        if (expires <= clock.GetCurrentInstant())
        {
            return Task.FromResult<MailContent?>(null);
        }
        var token = links.TokenFor(new Link(LinkPurpose.SignIn, asked.Subject, 0, asked.IssuedAt.ToDateTimeOffset(), expires.ToDateTimeOffset()));
        return Task.FromResult<MailContent?>(new MailContent(texts["MailSubject"],
        [
            new MailPart.Heading(texts["MailTitle"]),
            new MailPart.Paragraph(texts["MailText", SignInLinks.Life.TotalMinutes]),
            new MailPart.Button(texts["MailButton"], site.Address($"/staff/enter?t={token}")),
            new MailPart.Small(texts["MailNotYou"]),
        ]));
    }

    /// <param name="Subject">The link's, as <see cref="SessionStore"/> made it.</param>
    public sealed record Model(string Subject, Instant IssuedAt);
}
