using System.Text.Json;
using NodaTime;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Meetings.Registration;

public sealed class RegistrationRulesTests
{
    private static readonly Instant Now = Instant.FromUtc(2019, 5, 6, 14, 0);
    private static readonly Cycle Cycle = CycleFile.Read("panama-2019-2021");

    private static readonly Meeting Talk = new(
        "R-001", MeetingKind.Outreach, "outreach", "Conversatorio", new LocalDateTime(2019, 5, 20, 9, 0), new LocalDateTime(2019, 5, 20, 12, 0), "David", "PA-4", "")
    { Registration = new RegistrationTerms(2) };

    [Theory]
    [InlineData("2019-05-20T13:59:59Z", 1, false, RegistrationState.Open)]
    [InlineData("2019-05-20T13:59:59Z", 2, false, RegistrationState.Full)]
    [InlineData("2019-05-20T14:00:00Z", 0, false, RegistrationState.Begun)]
    [InlineData("2019-05-20T14:00:00Z", 1, true, RegistrationState.Open)]
    [InlineData("2019-05-20T14:00:00Z", 2, true, RegistrationState.Full)]
    public void The_public_registers_until_the_meeting_begins_and_staff_after_it_too_and_nobody_beyond_its_places(string now, int taken, bool byStaff, RegistrationState state) =>
        Assert.Equal(state, RegistrationRules.StateOf(Talk, taken, NodaTime.Text.InstantPattern.ExtendedIso.Parse(now).Value, Cycle, byStaff));

    [Fact]
    public void A_meeting_that_was_cancelled_or_takes_no_registrations_gives_no_place_and_one_without_a_limit_always_has_room()
    {
        Assert.Equal(RegistrationState.Cancelled, RegistrationRules.StateOf(Talk with { Cancelled = new Cancellation("Llueve.", Now) }, 0, Now, Cycle, byStaff: true));
        Assert.Equal(RegistrationState.NotOffered, RegistrationRules.StateOf(Talk with { Registration = null }, 0, Now, Cycle, byStaff: true));
        Assert.Equal(RegistrationState.Open, RegistrationRules.StateOf(Talk with { Registration = new RegistrationTerms(null) }, 5000, Now, Cycle));
    }

    [Theory]
    [InlineData("Ana Ríos", "citizen", null, null, null, true, false, null)]
    [InlineData("Ana Ríos", "citizen", "Fundación", "PA-4", "ana@example.org", true, true, null)]
    [InlineData(" ", "citizen", null, null, null, true, false, "name")]
    [InlineData("Ana\r\nRíos", "citizen", null, null, null, true, false, "name")]
    [InlineData("Ana Ríos", "", null, null, null, true, false, "sector")]
    [InlineData("Ana Ríos", "aliens", null, null, null, true, false, "sector")]
    [InlineData("Ana Ríos", "citizen", "Una\nfundación", null, null, true, false, "organization")]
    [InlineData("Ana Ríos", "citizen", null, "XX-1", null, true, false, "territory")]
    [InlineData("Ana Ríos", "citizen", null, null, "ana@", true, false, "email")]
    [InlineData("Ana Ríos", "citizen", null, null, "ana@example.org\r\nBcc: x@example.org", true, false, "email")]
    [InlineData("Ana Ríos", "citizen", null, null, null, false, false, "consent")]
    [InlineData("Ana Ríos", "citizen", null, null, null, true, true, "email")]
    public void A_registration_needs_a_name_a_sector_and_consent_and_an_address_only_for_invitations(
        string name, string sector, string? organization, string? territory, string? email, bool consents, bool invitations, string? fault)
    {
        var (details, faults) = RegistrationRules.Read(new TypedRegistration(name, sector, organization, territory, email, consents, invitations), Cycle, isStaffs: false, Now);

        Assert.Equal(fault is null ? [] : [fault], faults.Select(one => one.Field));
        Assert.Equal(fault is null, details is not null);
        Assert.Equal(fault is null ? RegistrationRules.ConsentText : null, details?.Consent.TextVersion);
    }

    [Theory]
    [InlineData("paper", null)]
    [InlineData("phone", null)]
    [InlineData("", "taken")]
    [InlineData("telepathy", "taken")]
    public void Staff_say_how_they_were_told_and_the_consent_keeps_it(string taken, string? fault)
    {
        var (details, faults) = RegistrationRules.Read(new TypedRegistration("Ana Ríos", "citizen", null, null, null, true, false, taken), Cycle, isStaffs: true, Now);

        Assert.Equal(fault is null ? [] : [fault], faults.Select(one => one.Field));
        Assert.Equal(fault is null ? taken : null, details?.Consent.Evidence);
    }

    [Fact]
    public void Each_who_came_is_counted_once_by_sector_and_once_by_territory()
    {
        var meeting = Talk with
        {
            Attendance = [new Attendance("citizen", 10)],
            Present = RegistrationRules.Count([Of("1", "citizen", "PA-8"), Of("2", "citizen", "PA-8"), Of("3", "academia", null), Of("4", "private", "PA-4")]),
        };

        Assert.Equal(14, meeting.Attended);
        Assert.Equal([("citizen", 12), ("academia", 1), ("private", 1)], meeting.BySector.Select(group => (group.Sector, group.People)));
        // Whoever did not say it is of the meeting's.
        Assert.Equal((12, 2, 0), (meeting.AttendedFrom("PA-4"), meeting.AttendedFrom("PA-8"), meeting.AttendedFrom(null)));
    }

    [Theory]
    [InlineData("Outreach", true, "", null, null)]
    [InlineData("Launch", true, "40", 40, null)]
    [InlineData("Forum", true, "", null, "registers")]
    [InlineData("Media", true, "10", null, "registers")]
    [InlineData("Table", true, "0", null, "places")]
    [InlineData("Table", true, "10001", null, "places")]
    [InlineData("Table", true, "muchos", null, "places")]
    [InlineData("Table", false, "10", null, "registers")]
    public void Staff_open_registration_for_what_the_public_comes_to_with_a_number_of_places_or_none(string kind, bool registers, string typed, int? places, string? fault)
    {
        var (meeting, faults) = MeetingRules.Read(
            new TypedMeeting(kind, "outreach", "Feria", "2019-05-20", "09:00", "12:00", "David", null, null, null, Registers: registers, Places: typed), Cycle, new HashSet<string>());

        Assert.Equal(fault is null ? [] : [fault], faults.Select(one => one.Field));
        Assert.Equal(places, meeting?.Registration?.Places);
        Assert.Equal(fault is null, meeting?.Registration is not null);
    }

    [Theory]
    [InlineData(true, null, 0, null)]
    [InlineData(true, 5, 5, null)]
    [InlineData(true, 4, 5, "places")]
    [InlineData(false, null, 5, "registers")]
    [InlineData(false, null, 0, null)]
    public void Who_registered_keeps_the_place(bool registers, int? places, int taken, string? fault) =>
        Assert.Equal(fault is null ? [] : [fault], MeetingRules.Keep(registers ? new RegistrationTerms(places) : null, taken).Select(one => one.Field));

    [Fact]
    public void A_meeting_that_was_stored_before_there_were_registrations_reads_as_it_was()
    {
        var stored = JsonSerializer.Deserialize<Meeting>(
            """
            {"code":"R-007","kind":"outreach","activity":"outreach","title":"Feria","starts":"2019-05-20T09:00:00","ends":"2019-05-20T12:00:00","place":"David","territory":"PA-4","agenda":"","sequence":2,
             "guests":[{"name":"Ana","mailbox":"ana@example.org"}],"attendance":[{"sector":"citizen","people":40},{"sector":"academia","people":6}],"came":["ana@example.org"]}
            """, Json.Options)!;

        Assert.Equal((2, 46, 46), (stored.Sequence, stored.Attended, stored.AttendedFrom("PA-4")));
        Assert.Null(stored.Registration);
        Assert.Empty(stored.Present);
        Assert.Empty(stored.Contacts);
    }

    private static Registrant Of(string code, string sector, string? territory) => new(code, "R-001", code, sector, territory, Now, 0);
}
