using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Localization;
using NodaTime.Text;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Proposals.Channels;
using OpenGov.Functions.Staff.Lists;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Intake;

/// <param name="Counts">Proposals by the code of their channel.</param>
/// <param name="Kinds">Proposals by the kind of their channel.</param>
public sealed record ChannelsModel(
    Cycle Cycle, ListView<Channel> List, IReadOnlyDictionary<string, int> Counts, IReadOnlyDictionary<string, int> Kinds)
{
    public ChannelInput Typed { get; init; } = new(null, null);

    /// <summary>The name of a text by field.</summary>
    public IReadOnlyDictionary<string, string> Faults { get; init; } = new Dictionary<string, string>();
}

public sealed class ChannelDesk(ChannelStore channels, ProposalSnapshot proposals, CurrentCycle cycles, IStringLocalizer<IntakeTexts> texts) : IStaffList
{
    public string Name => "channels";

    public async Task<ChannelsModel> ModelAsync(ListQuery asked, CancellationToken cancel)
    {
        var received = await proposals.FindAllAsync(new ProposalFilter(), cancel);
        var counts = received.Where(proposal => proposal.Via is not null).CountBy(proposal => proposal.Via!).ToDictionary();
        return new ChannelsModel(
            await cycles.GetAsync(cancel), ListView.Of(ShapeOf(counts), await channels.ListAsync(cancel), asked), counts,
            received.CountBy(proposal => proposal.Content.Channel).ToDictionary());
    }

    async Task<ListView> IStaffList.ReadAsync(ListQuery asked, CancellationToken cancel) => (await ModelAsync(asked, cancel)).List;

    private ListShape<Channel> ShapeOf(Dictionary<string, int> counts) => new(
        Name, "/staff/channels",
        channel => $"{channel.Code} {channel.Name} {channel.Place}",
        [new("medium", [.. Choices.Channels.Select(kind => (kind, texts["Kind-" + kind].Value))], channel => channel.Kind)],
        [
            new("usual"),
            ListOrder.ByWords("name", (Channel channel) => channel.Name),
            ListOrder.Down("proposals", (Channel channel) => counts.GetValueOrDefault(channel.Code)),
            ListOrder.Down("newest", (Channel channel) => channel.DefinedAt),
        ],
        [
            new("code", channel => channel.Code),
            new("name", channel => channel.Name),
            new("medium", channel => texts["Kind-" + channel.Kind]),
            new("day", channel => channel.Date is { } date ? LocalDatePattern.Iso.Format(date) : null),
            new("place", channel => channel.Place),
            new("territory", channel => channel.Territory),
            new("proposals", channel => counts.GetValueOrDefault(channel.Code).ToString(CultureInfo.InvariantCulture)),
        ]);
}

public sealed class ShowChannels(StaffGate gate, ChannelDesk desk)
{
    [Function(nameof(ShowChannels))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/channels")] HttpRequest request, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal ?? Page.Of<ChannelsPage>(new { Model = await desk.ModelAsync(ListQuery.Of(request.Query), cancel) });
}

public sealed class AddChannel(StaffGate gate, ChannelDesk desk, DefineChannel define)
{
    [Function(nameof(AddChannel))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/channels")] HttpRequest request, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Secretary, BodyLimits.Public, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        var form = admission.Form;
        var typed = new ChannelInput(form["name"], form["kind"], form["date"], form["place"], form["territory"]);
        var (channel, faults) = await define.DefineAsync(typed, admission.Actor, cancel);
        return channel is not null
            ? Page.See(request.HttpContext.Response, $"/staff/channels/{channel.Code}")
            : Page.Of<ChannelsPage>(
                new { Model = await desk.ModelAsync(ListQuery.Of(request.Query), cancel) with { Typed = typed, Faults = faults.ToDictionary(fault => fault.Field, fault => fault.Text) } },
                StatusCodes.Status400BadRequest);
    }
}

/// <summary>A channel's link and its QR code, to be printed.</summary>
public sealed class ShowChannel(StaffGate gate, ChannelStore channels, ChannelDesk desk)
{
    [Function(nameof(ShowChannel))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/channels/{code}")] HttpRequest request, string code, CancellationToken cancel)
    {
        if ((await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal is { } refusal)
        {
            return refusal;
        }
        return await channels.FindAsync(code, cancel) is { } channel
            ? Page.Of<ChannelPage>(new { Channel = channel, Count = (await desk.ModelAsync(ListQuery.Of(request.Query), cancel)).Counts.GetValueOrDefault(code) })
            : Page.Error(StatusCodes.Status404NotFound);
    }
}
