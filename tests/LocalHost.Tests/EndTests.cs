using System.Diagnostics;
using System.Globalization;

namespace OpenGov.LocalHost;

public sealed class EndTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("localhost-tests").FullName;

    [Fact]
    public async Task A_start_and_a_stop_leave_no_noise_and_no_process()
    {
        using var app = await StartAsync();
        var emulator = Emulator();
        Assert.DoesNotContain("warn:", app.Output);

        app.Signal("INT");

        Assert.Equal(0, await app.EndsAsync());
        Assert.Equal("", app.Errors);
        await IsGoneAsync(emulator, atOnce: true);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task An_emulator_that_does_not_answer_holds_up_no_stop(string signal)
    {
        using var app = await StartAsync();
        var emulator = Emulator();
        AppProcess.SignalTo("STOP", emulator);

        var stopping = Stopwatch.StartNew();
        app.Signal(signal);

        Assert.Equal(0, await app.EndsAsync());
        Assert.True(stopping.Elapsed < TimeSpan.FromSeconds(10), $"It took {stopping.Elapsed}.");
        await IsGoneAsync(emulator, atOnce: false);
    }

    [Fact]
    public async Task A_killed_instance_leaves_its_data_to_the_next_and_no_emulator()
    {
        using (var killed = await StartAsync())
        {
            var emulator = Emulator();
            killed.Signal("KILL");
            await killed.EndsAsync();
            using var next = await StartAsync();
            // Whoever adopts an orphan may take a moment to bury it.
            await IsGoneAsync(emulator, atOnce: false);
            next.Signal("TERM");
            Assert.Equal(0, await next.EndsAsync());
        }
    }

    [Fact]
    public async Task An_emulator_that_dies_ends_the_app_with_one_line()
    {
        using var app = await StartAsync();

        AppProcess.SignalTo("KILL", Emulator());

        Assert.Equal(1, await app.EndsAsync());
        Assert.Contains("The storage emulator ended unexpectedly", Assert.Single(app.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<AppProcess> StartAsync()
    {
        var app = AppProcess.Start(["--port", "0", "--storage", folder, "LocalHost__StoragePort=0"]);
        await app.SaysAsync("Ctrl-C stops everything.");
        return app;
    }

    private int Emulator() => int.Parse(File.ReadAllText(Path.Combine(folder, "azurite.pid")), CultureInfo.InvariantCulture);

    private static async Task IsGoneAsync(int id, bool atOnce)
    {
        for (var tries = 0; tries < (atOnce ? 3 : 50); tries++)
        {
            try
            {
                using var found = Process.GetProcessById(id);
            }
            catch (ArgumentException)
            {
                return;
            }
            await Task.Delay(100);
        }
        Assert.Fail($"Process {id} is still there.");
    }
}
