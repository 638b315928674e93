using System.Text.Json;
using Microsoft.Extensions.Configuration;
using NodaTime;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Subscriptions;

public sealed class SubscriptionRulesTests
{
    private const Purposes Both = Purposes.Notices | Purposes.Invitations;
    private static readonly Instant Now = Instant.FromUtc(2019, 5, 6, 14, 0);
    private static readonly ContactDetails Ana = new("Ana Ríos", null, "academia", "PA-4");

    [Theory]
    [InlineData("ana@example.org", true, false, "", "", null, Purposes.Notices)]
    [InlineData("ana@example.org", false, true, "academia", "PA-4", null, Purposes.Invitations)]
    [InlineData("ana@example.org", true, true, "", "", null, Both)]
    [InlineData("ana@example.org", false, false, "", "", "consent", Purposes.None)]
    [InlineData("ana@", true, true, "", "", "email", Purposes.None)]
    [InlineData("ana@example.org", false, true, "aliens", "", "sector", Purposes.None)]
    [InlineData("ana@example.org", false, true, "", "XX", "territory", Purposes.None)]
    public void Each_purpose_is_chosen_by_itself_and_one_at_least(string email, bool notices, bool invitations, string sector, string territory, string? fault, Purposes purposes)
    {
        var (wanted, faults) = SubscriptionRules.Read(new TypedSubscription(email, notices, invitations, "Ana Ríos", null, sector, territory), CycleFile.Read("panama-2019-2021"));

        Assert.Equal(fault is null ? [] : [fault], faults.Select(one => one.Field));
        Assert.Equal(purposes, wanted?.Purposes ?? Purposes.None);
    }

    [Fact]
    public void What_is_said_of_oneself_is_kept_for_the_invitations_alone()
    {
        var (wanted, _) = SubscriptionRules.Read(new TypedSubscription("ana@example.org", true, false, "Ana Ríos", "Fundación", "academia", "PA-4"), CycleFile.Read("panama-2019-2021"));

        Assert.Null(wanted!.Contact);
    }

    [Fact]
    public void A_link_confirms_what_its_mail_asked_and_what_was_confirmed_is_nobodys_to_change()
    {
        var asked = Subscription.New("id", "ana@example.org", "es").Ask(notices: true, Ana, "es", Now);
        Assert.Equal((Both, Purposes.None), (asked.Asked, asked.Confirmed));

        var notices = asked.Confirm(Purposes.Notices, Now);
        Assert.Equal((Both, Purposes.Notices), (notices.Asked, notices.Confirmed));
        var both = notices.Confirm(Purposes.Invitations, Now);
        Assert.Equal(Both, both.Confirmed);

        var again = both.Ask(notices: true, new ContactDetails("Otra", null, null, null), "en", Now + Duration.FromHours(1));
        Assert.Equal("Ana Ríos", again.Contact!.Name);
        Assert.Equal(Both, again.Confirmed);
    }

    [Theory]
    [InlineData(Purposes.Notices, Purposes.Invitations)]
    [InlineData(Purposes.Invitations, Purposes.Notices)]
    [InlineData(Both, null)]
    public void Each_purpose_ends_by_itself_and_nothing_is_kept_when_none_is_left(Purposes ended, Purposes? left) =>
        Assert.Equal(left, Subscription.New("id", "ana@example.org", "es").Ask(notices: true, Ana, "es", Now).Confirm(Both, Now).Without(ended)?.Confirmed);

    [Theory]
    [InlineData(false, 8, null)]
    [InlineData(false, 6, Both)]
    [InlineData(true, 8, Purposes.Notices)]
    public void What_nobody_confirmed_within_a_week_is_forgotten_and_the_rest_stays(bool confirmsNotices, int days, Purposes? kept)
    {
        var asked = Subscription.New("id", "ana@example.org", "es").Ask(notices: true, Ana, "es", Now);

        Assert.Equal(kept, (confirmsNotices ? asked.Confirm(Purposes.Notices, Now) : asked).Kept(Now + Duration.FromDays(days))?.Asked);
    }

    [Theory]
    [InlineData("2019-04-18T15:00:00Z", Purposes.Notices)]
    [InlineData(null, Purposes.None)]
    public void A_subscription_that_was_stored_when_there_were_only_notices_reads_as_it_was(string? confirmedAt, Purposes confirmed)
    {
        var stored = JsonSerializer.Deserialize<Subscription>(
            $$"""{"id":"id","mailbox":"vieja@example.org","language":"es","askedAt":["2019-04-18T14:00:00Z"],{{(confirmedAt is null ? "" : $"\"confirmedAt\":\"{confirmedAt}\",")}}"consentText":"2019-1"}""", Json.Options)!;

        Assert.Equal((Purposes.Notices, confirmed), (stored.Asked, stored.Confirmed));
        Assert.Equal(confirmed == Purposes.None, stored.Kept(Now) is null);
        Assert.Null(stored.Without(Purposes.Notices));
        Assert.Equal(Both, stored.Confirm(Purposes.Notices, Now).Ask(notices: false, Ana, "es", Now).Confirm(Purposes.Invitations, Now).Confirmed);
    }

    [Fact]
    public void A_link_that_was_mailed_when_there_were_only_notices_ends_the_notices()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Signing:Keys", Convert.ToBase64String(new byte[32])), new("Site:BaseUrl", "https://example.org")]).Build();
        var links = new Links(new SigningKeys(settings));
        var old = links.TokenFor(new Link(LinkPurpose.Unsubscribe, "0123456789abcdef", 0, Now.ToDateTimeOffset(), null));

        Assert.Equal(new SubscriptionLink("0123456789abcdef", Purposes.Notices), new SubscriptionLinks(links, new Site(settings), TimeProvider.System).ReadUnsubscribe(old));
    }
}
