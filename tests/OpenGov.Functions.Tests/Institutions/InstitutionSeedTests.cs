using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Institutions;

public sealed class InstitutionSeedTests
{
    [Fact]
    public async Task A_store_that_is_to_stay_empty_stays_empty()
    {
        using var host = Service.Build(["--port", "0", "--storage", "memory", "--now", "2019-02-22T09:00", "--empty"]);
        await host.StartAsync();
        var cycle = await host.Services.GetRequiredService<CurrentCycle>().GetAsync(CancellationToken.None);

        Assert.Empty(await host.Services.GetRequiredService<InstitutionStore>().ListAsync(cycle, CancellationToken.None));

        await host.StopAsync();
    }

    [Fact]
    public void A_setting_that_is_neither_true_nor_false_stops_the_start() =>
        Assert.Contains("Sample__Skip", Assert.Throws<InvalidSettingException>(() => new InstitutionSeed(
            new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Sample:Skip"] = "perhaps" }).Build(),
            null!, null!, null!)).Message, StringComparison.Ordinal);
}
