using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Localization;
using NodaTime.Text;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Imports;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Subscriptions;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Contacts;

/// <param name="Sector">Null for all.</param>
/// <param name="Territory">Null for all.</param>
/// <param name="Found">By name; those who gave none come last.</param>
public sealed record ContactsModel(Cycle Cycle, string? Sector, string? Territory, int All, IReadOnlyList<Subscription> Found);

/// <summary>The contact list: who joined it by consent and has not left it.</summary>
public sealed class ContactDesk(SubscriptionStore subscriptions, CurrentCycle cycles, IStringLocalizer<ContactTexts> texts)
{
    private static readonly string[] Columns = ["name", "organization", "sector", "territory", "mailbox", "language", "since"];
    private static readonly StringComparer ByWord = StringComparer.Create(System.Globalization.CultureInfo.GetCultureInfo("es-PA"), System.Globalization.CompareOptions.IgnoreNonSpace);

    public async Task<ContactsModel> ModelAsync(HttpRequest request, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var (sector, territory) = (Chosen(request, "sector"), Chosen(request, "territory"));
        var all = await subscriptions.ContactsAsync(cycle, cancel);
        return new ContactsModel(cycle, sector, territory, all.Count,
        [
            .. all.Where(one => (sector is null || one.Contact!.Sector == sector) && (territory is null || one.Contact!.Territory == territory))
                .OrderBy(one => one.Contact!.Name is null).ThenBy(one => one.Contact!.Name, ByWord).ThenBy(one => one.Mailbox, StringComparer.OrdinalIgnoreCase),
        ]);
    }

    public byte[] Export(ContactsModel model) => SafeCsv.Write(
        Columns.Select(column => texts[$"Column-{column}"].Value),
        model.Found.Select(one => new[]
        {
            one.Contact!.Name, one.Contact.Organization, one.Contact.Sector, one.Contact.Territory, one.Mailbox, one.Language, LocalDatePattern.Iso.Format(model.Cycle.DateOf(one.Contact.ConfirmedAt!.Value)),
        }));

    private static string? Chosen(HttpRequest request, string name) => request.Query[name].ToString() is { Length: > 0 } value ? value : null;
}

public sealed class ShowContacts(StaffGate gate, ContactDesk desk)
{
    [Function(nameof(ShowContacts))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/contacts")] HttpRequest request, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal ?? Page.Of<ContactsPage>(new { Model = await desk.ModelAsync(request, cancel) });
}

/// <summary>What the filters find, as a spreadsheet: for those who act.</summary>
public sealed class ExportContacts(StaffGate gate, ContactDesk desk)
{
    [Function(nameof(ExportContacts))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/contacts.csv")] HttpRequest request, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Secretary, cancel)).Refusal ?? Results.File(desk.Export(await desk.ModelAsync(request, cancel)), "text/csv; charset=utf-8", "contactos.csv");
}

/// <summary>Names the resources of this folder.</summary>
public sealed class ContactTexts;
