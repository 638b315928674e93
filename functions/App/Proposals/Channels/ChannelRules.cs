using NodaTime;
using NodaTime.Text;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Proposals.Channels;

/// <summary>What a channel must be; a session has a day on which people came.</summary>
public static class ChannelRules
{
    /// <summary>The channel as typed, without a code yet, or what is wrong with it.</summary>
    public static (Channel? Channel, IReadOnlyList<Fault> Faults) Read(ChannelInput input, Cycle cycle, Instant now)
    {
        var name = Line(input.Name);
        var territory = Line(input.Territory);
        var isSession = input.Kind == Choices.Session;
        var date = isSession && LocalDatePattern.Iso.Parse(input.Date?.Trim() ?? "") is { Success: true, Value: var parsed } ? parsed : (LocalDate?)null;
        var faults = new List<Fault>();
        Fault(name is null, "name", "ChannelNameMissing");
        Fault(!ProposalRules.HasAtMost(name, Channel.NameLength), "name", "ChannelNameTooLong");
        Fault(!Choices.Channels.Contains(input.Kind), "kind", "ChannelKindMissing");
        Fault(isSession && date is null, "date", "SessionDateMissing");
        Fault(date > cycle.DateOf(now), "date", "SessionNotHeld");
        Fault(date < cycle.Call.Opens || date > cycle.Call.Closes, "date", "SessionOutsideWindow");
        Fault(!ProposalRules.HasAtMost(input.Place, ProposalContent.LineLength), "place", "ChannelPlaceTooLong");
        Fault(territory is not null && cycle.Territories.All(known => known.Code != territory), "territory", "TerritoryMissing");
        return faults.Count > 0 ? (null, faults) : (new Channel("", name!, input.Kind!, date, isSession ? Line(input.Place) : null, isSession ? territory : null, now), faults);

        void Fault(bool isWrong, string field, string text)
        {
            if (isWrong && faults.All(fault => fault.Field != field))
            {
                faults.Add(new Fault(field, text));
            }
        }
    }

    private static string? Line(string? text) => PlainText.Line(text) is { Length: > 0 } line ? line : null;
}
