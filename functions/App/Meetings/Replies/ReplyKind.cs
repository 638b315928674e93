using Microsoft.Extensions.Localization;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Meetings.Replies;

/// <summary>A guest says whether he or she comes. It travels in the invitation.</summary>
public sealed class ReplyKind(MeetingStore meetings, CurrentCycle cycles, TimeProvider clock, IStringLocalizer<ReplyTexts> texts) : IRequestKind
{
    public const string Name = "meeting-reply";
    public const string Comes = "yes";

    public IReadOnlyList<RequestChoice> Choices { get; } =
        [new(Comes), new("no"), new("somebody-else", new ChoiceField("who", RequestLimits.Line, FieldFormat.Line))];

    public string Kind => Name;

    public string Activity => "";

    public string Asks => MeetingGuests.Name;

    public bool IsBinding => false;

    public bool IsNota => false;

    public IStringLocalizer Texts => texts;

    /// <summary>It was called off, moved so that the guest was asked anew, or held.</summary>
    public async Task<string?> EndedAsync(OfficialRequest request, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        return await meetings.FindAsync(cycle, request.Institution, cancel) is not { } meeting ? null
            : meeting.Cancelled is { } cancelled ? texts["Ended-Cancelled", cancelled.Reason]
            : request.Id != IdOf(meeting, request.Office.Mailbox) ? texts["Ended-Moved", MeetingWords.When(meeting), meeting.Place]
            : meeting.Ends.InZoneLeniently(cycle.Zone).ToInstant() <= clock.GetCurrentInstant() ? texts["Ended-Held"].Value
            : null;
    }

    /// <summary>A meeting that moved asks its guests anew.</summary>
    public static string IdOf(Meeting meeting, string mailbox) => $"{meeting.Code}-{meeting.Sequence}-{Editing.SeenOf(mailbox.ToUpperInvariant())}";

    public static bool IsAskedFor(Meeting meeting) => meeting is { Cancelled: null, Kind: not MeetingKind.Media };

    public OfficialRequest RequestFor(Meeting meeting, Guest guest, Cycle cycle, NodaTime.Instant now) => new(
        cycle.Id, IdOf(meeting, guest.Mailbox), Name, texts["Number", meeting.Title], 1, meeting.Code, meeting.Title,
        new Office(texts["Guest"], guest.Mailbox, guest.Name.Length > 0 ? guest.Name : null), null,
        [new RequestItem(meeting.Code, meeting.Title, $"{MeetingWords.When(meeting)} · {meeting.Place}")],
        now, meeting.Starts.Date);
}

/// <summary>Guests are asked one by one, and hold no office that another could take over.</summary>
public sealed class MeetingGuests : IAddressees
{
    public const string Name = "guest";

    public string Group => Name;

    public Task<IReadOnlyList<Addressee>> ListAsync(Cycle cycle, CancellationToken cancel) => Task.FromResult<IReadOnlyList<Addressee>>([]);

    public Task<Addressee?> FindAsync(Cycle cycle, string institution, string? seat, CancellationToken cancel) => Task.FromResult<Addressee?>(null);
}

/// <summary>What the guests of a meeting, as it is now, have said.</summary>
public sealed class MeetingReplies(RequestStore requests)
{
    private const int LookUpsAtOnce = 16;

    /// <summary>By mailbox; whoever has said nothing is not in it.</summary>
    public async Task<IReadOnlyDictionary<string, ItemAnswer>> ReadAsync(Cycle cycle, Meeting meeting, CancellationToken cancel)
    {
        var said = new System.Collections.Concurrent.ConcurrentDictionary<string, ItemAnswer>();
        await Parallel.ForEachAsync(meeting.Guests, new ParallelOptions { MaxDegreeOfParallelism = LookUpsAtOnce, CancellationToken = cancel }, async (guest, stop) =>
        {
            var id = ReplyKind.IdOf(meeting, guest.Mailbox);
            if ((await requests.FindAsync(cycle.Id, id, stop))?.Record.Standing is { } standing && await requests.FindAnswerAsync(cycle.Id, id, standing.Version, stop) is { } answer)
            {
                said[guest.Mailbox] = answer.Items[0];
            }
        });
        return said;
    }
}

/// <summary>Names the resources of this folder.</summary>
public sealed class ReplyTexts;
