using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Proposals.Channels;

/// <summary>Defines a channel. The same definition sent again meets the one that is there; another of its name gets a number.</summary>
public sealed class DefineChannel(ChannelStore store, CurrentCycle cycles, Ledger ledger, TimeProvider clock)
{
    private const int MostOfAName = 100;

    /// <summary>What is wrong with what was typed; nothing is written.</summary>
    public async Task<IReadOnlyList<Fault>> CheckAsync(ChannelInput input, CancellationToken cancel) =>
        ChannelRules.Read(input, await cycles.GetAsync(cancel), clock.GetCurrentInstant()).Faults;

    /// <returns>The channel, or what is wrong with what was typed.</returns>
    public async Task<(Channel? Channel, IReadOnlyList<Fault> Faults)> DefineAsync(ChannelInput input, string actor, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var (read, faults) = ChannelRules.Read(input, cycle, clock.GetCurrentInstant());
        if (read is null)
        {
            return (null, faults);
        }
        for (var number = 1; number <= MostOfAName; number++)
        {
            var channel = read with { Code = Channel.CodeOf(read.Name) + (number == 1 ? "" : $"-{number}") };
            var change = new Change(Tables.Channels, ChannelStore.PartitionOf(cycle))
                .Add(ChannelStore.RowOf(channel.Code), channel)
                .Record(OfficialEvent.Of("channel-defined", channel.Code, new { channel.Name, channel.Kind, channel.Date, channel.Place, channel.Territory }, actor));
            var there = await ledger.CommitAsync(change, cancel) == CommitResult.Committed ? channel
                : (await store.ReadAsync(cycle, cancel)).FirstOrDefault(known => known.Code == channel.Code);
            if (there?.IsDefinedAs(channel) == true)
            {
                store.Forget();
                return (there, []);
            }
        }
        return (null, [new Fault("name", "ChannelNameTaken")]);
    }
}
