using NodaTime;

namespace OpenGov.Functions.Staff;

public sealed class SignInLinksTests
{
    private static readonly Instant Now = Instant.FromUtc(2019, 3, 1, 14, 0);
    private static readonly SignInLinks None = new("ana@example.org", []);

    [Theory]
    [InlineData(0, true)]
    [InlineData(899, true)]
    [InlineData(900, false)]
    public void A_link_lives_for_fifteen_minutes(int seconds, bool works) =>
        Assert.Equal(works, None.Issue("a", Now)!.Use("a", "session", Now + Duration.FromSeconds(seconds)) is not null);

    [Fact]
    public void A_link_that_was_used_or_never_issued_opens_nothing()
    {
        var used = None.Issue("a", Now)!.Use("a", "session", Now)!;
        Assert.Null(used.Use("a", "another", Now));
        Assert.Null(used.Use("b", "another", Now));
    }

    [Fact]
    public void Links_that_nobody_uses_are_five_an_hour_and_those_that_were_used_do_not_count()
    {
        var links = Enumerable.Range(0, SignInLinks.MostUnused).Aggregate(None, (issued, number) => issued.Issue($"{number}", Now)!);
        Assert.Null(links.Issue("more", Now + Duration.FromMinutes(59)));
        Assert.NotNull(links.Use("0", "session", Now)!.Issue("more", Now));
        Assert.Single(links.Issue("later", Now + Duration.FromHours(1))!.Issued);
    }

    [Theory]
    [InlineData(11.9, false)]
    [InlineData(12, true)]
    public void A_session_is_over_after_twelve_hours(double hours, bool over) =>
        Assert.Equal(over, new StaffSession("ana@example.org", Now).IsOver(Now + Duration.FromHours(hours)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("x.y")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaa.short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaa/.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_is_no_session_key_never_reaches_the_store(string? cookie) => Assert.Null(SessionKey.Read(cookie));

    [Fact]
    public void The_store_knows_a_session_by_its_hash_alone()
    {
        var key = SessionKey.New(new string('a', SessionKey.MemberLength));
        Assert.Equal(key, SessionKey.Read(key.ToString()));
        Assert.DoesNotContain(key.Secret, key.Hash, StringComparison.OrdinalIgnoreCase);
        Assert.NotEqual(key.Hash, SessionKey.New(key.Member).Hash);
    }
}
