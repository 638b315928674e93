namespace OpenGov.LocalHost;

public sealed class QueueTests(SharedHost shared)
{
    private TestHost Host => shared.Host;

    [Fact]
    public async Task A_message_is_read_from_base64()
    {
        await Host.SendAsync("takes", "good: ñandú");

        Assert.Equal(["take good: ñandú"], await Host.Seen.WaitForAsync("take good", 1));
    }

    [Fact]
    public async Task A_failing_message_is_tried_as_often_as_host_json_says_and_put_aside()
    {
        await Host.SendAsync("takes", "bad one");

        Assert.Equal(3, (await Host.Seen.WaitForAsync("take bad one", 3)).Count);
        await PoisonAsync(Convert.ToBase64String("bad one"u8));
        Assert.Equal(3, Host.Seen.Of("take bad one").Count);
    }

    [Fact]
    public async Task A_message_that_is_not_base64_is_put_aside_as_it_is()
    {
        await Host.Queue("takes").CreateIfNotExistsAsync(cancellationToken: TestContext.Current.CancellationToken);
        await Host.Queue("takes").SendMessageAsync("no base64!", TestContext.Current.CancellationToken);

        await PoisonAsync("no base64!");
    }

    private async Task PoisonAsync(string body)
    {
        var poison = Host.Queue("takes-poison");
        for (var tries = 0; tries < 100; tries++)
        {
            if ((await poison.ExistsAsync()).Value && (await poison.PeekMessagesAsync(32)).Value.Any(message => message.Body.ToString() == body))
            {
                return;
            }
            await Task.Delay(50);
        }
        Assert.Fail("The message is not in the poison queue.");
    }
}
