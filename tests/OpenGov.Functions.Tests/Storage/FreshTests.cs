namespace OpenGov.Functions.Storage;

public sealed class FreshTests
{
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;
    private int reads;

    [Fact]
    public async Task A_copy_serves_for_some_seconds_but_what_is_decided_rests_on_one_that_was_read_since_it_began()
    {
        var recent = new Recent<string>(_ => Task.FromResult($"read {++reads}"));
        await recent.GetAsync(cancel);
        Assert.Equal("read 1", await recent.GetAsync(cancel));

        var decided = await DecideAsync(recent);

        Assert.Equal(("read 2", "read 2"), decided);
        // Whoever only looks is content with what another needed.
        Assert.Equal("read 2", await recent.GetAsync(cancel));
    }

    private async Task<(string, string)> DecideAsync(Recent<string> recent)
    {
        Fresh.FromNow();
        return (await recent.GetAsync(cancel), await recent.GetAsync(cancel));
    }
}
