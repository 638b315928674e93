using System.Globalization;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Imports;
using OpenGov.Functions.Meetings;
using OpenGov.Functions.Meetings.Registration;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Agenda;

public sealed record RegistrationsModel(Cycle Cycle, Meeting Meeting, IReadOnlyList<Registrant> Registrants, string Ticket)
{
    public TypedRegistration Typed { get; init; } = TypedRegistration.Empty;

    /// <summary>Of the registration to be taken back.</summary>
    public string? TypedCode { get; init; }

    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>Names the text of what is wrong with no one field.</summary>
    public string? Problem { get; init; }

    /// <summary>The act that was just done.</summary>
    public string? Done { get; init; }
}

public sealed class RegistrationDesk(MeetingStore meetings, RegistrationStore registrations, CurrentCycle cycles, FormTickets tickets, IStringLocalizer<AgendaTexts> texts)
{
    private static readonly string[] Columns = ["code", "name", "organization", "sector", "territory", "mailbox", "registered", "taken", "present"];

    /// <summary>Null for a meeting that takes no registrations.</summary>
    public async Task<RegistrationsModel?> FindAsync(string code, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        return await meetings.FindAsync(cycle, code, cancel) is { Registration: not null } meeting
            ? new RegistrationsModel(cycle, meeting, await registrations.ListAsync(cycle, code, cancel), tickets.Issue())
            : null;
    }

    public byte[] Export(RegistrationsModel model) => SafeCsv.Write(
        Columns.Select(column => texts[$"Column-{column}"].Value),
        model.Registrants.Select(registrant => new[]
        {
            registrant.Code, registrant.Person?.Name, registrant.Person?.Organization, registrant.Sector, registrant.Territory, registrant.Person?.Mailbox,
            registrant.At.InZone(model.Cycle.Zone).LocalDateTime.ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture),
            registrant.Person?.Consent.Evidence is { } taken ? texts[$"Taken-{taken}"].Value : null, texts[model.Meeting.PresentCodes.Contains(registrant.Code) ? "Column-yes" : "Column-no"].Value,
        }));
}
