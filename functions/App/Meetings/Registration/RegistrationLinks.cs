using NodaTime;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Meetings.Registration;

/// <summary>The link of who registered: it shows the registration, and withdraws it.</summary>
public sealed class RegistrationLinks(Links links, Site site, TimeProvider clock)
{
    private const char Between = '~';

    /// <summary>The same in every mail, for as long as the registration lives.</summary>
    public string TokenOf(Registrant registrant) =>
        links.TokenFor(new Link(LinkPurpose.Registration, $"{registrant.Meeting}{Between}{registrant.Code}", 0, registrant.At.ToDateTimeOffset(), Expires: null));

    public string WithdrawalAddress(Registrant registrant) => site.Address($"/meetings/withdraw?t={TokenOf(registrant)}");

    public (string Meeting, string Code)? Read(string? token) =>
        links.Read(token, LinkPurpose.Registration, clock.GetUtcNow())?.Subject.Split(Between) is [var meeting, var code] ? (meeting, code) : null;
}
