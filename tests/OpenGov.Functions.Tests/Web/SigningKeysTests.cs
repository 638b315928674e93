using Microsoft.Extensions.Configuration;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Web;

public sealed class SigningKeysTests
{
    private static readonly string First = Key(1);
    private static readonly string Second = Key(2);
    private static readonly string Lasting = Key(3);

    [Fact]
    public void What_is_sent_again_after_a_new_signing_key_is_recognised()
    {
        var (before, after) = (Of(First, Lasting), Of($"{Second};{First}", Lasting));

        Assert.Equal(new ProposalKeys(before).CodeFor("sent-once", 0), new ProposalKeys(after).CodeFor("sent-once", 0));
        Assert.Equal(before.Fingerprint("mailbox", "A@EXAMPLE.ORG"), after.Fingerprint("mailbox", "A@EXAMPLE.ORG"));
        Assert.NotEqual(before.Fingerprint("mailbox", "A@EXAMPLE.ORG"), before.Fingerprint("staff", "A@EXAMPLE.ORG"));
    }

    [Fact]
    public void What_opens_something_ends_with_the_key_that_signs() =>
        Assert.NotEqual(Of(First, Lasting).Secret("request-code", "1"), Of($"{Second};{First}", Lasting).Secret("request-code", "1"));

    [Fact]
    public void Without_a_key_of_their_own_the_one_that_signs_makes_fingerprints() =>
        Assert.Equal(Of(First, First).Fingerprint("mailbox", "a"), Of(First, null).Fingerprint("mailbox", "a"));

    [Fact]
    public void A_key_that_cannot_be_read_stops_the_start_and_is_named() =>
        Assert.StartsWith("Setting Signing__FingerprintKey holds a key", Assert.Throws<InvalidSettingException>(() => Of(First, "short")).Message, StringComparison.Ordinal);

    private static string Key(byte filled) => Convert.ToBase64String([.. Enumerable.Repeat(filled, 32)]);

    private static SigningKeys Of(string signing, string? fingerprints) => new(new ConfigurationBuilder()
        .AddInMemoryCollection([new("Signing:Keys", signing), new("Signing:FingerprintKey", fingerprints)]).Build());
}
