using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Localization;
using NodaTime.Extensions;
using NodaTime.Text;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Forum;
using OpenGov.Functions.Imports;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Meetings;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Themes;
using OpenGov.Functions.Validations;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Exports;

/// <summary>The console's lists as spreadsheets, to be sorted and counted there. People's mailboxes are for those who act.</summary>
public sealed class StaffExports(
    RequestStore requests, RequestKinds kinds, ConsolidatedCommitments commitments, InstitutionStore institutions, MeetingStore meetings, ForumStore forum, ThemeStore themes,
    CurrentCycle cycles, TimeProvider clock, IStringLocalizer<ExportTexts> texts)
{
    /// <summary>Null where there is no such list.</summary>
    public async Task<byte[]?> WriteAsync(string list, bool withMailboxes, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        return list switch
        {
            "requests" => Write(["number", "kind", "round", "institution", "addressee", "sent", "due", "state", "late"], await RequestRowsAsync(cycle, cancel)),
            "commitments" => Write(
                ["number", "title", "theme", "state", "lead", "supporting", "text", "proposals"],
                (await commitments.ListAsync(cycle, cancel)).Select(one => new[]
                {
                    one.Number, one.Case.Draft.Title, one.Case.Draft.Theme, texts[$"Commitment-{one.Standing.State}"].Value, one.Lead, string.Join(' ', one.Supporting), one.Case.Current.Text, string.Join(' ', one.Case.Draft.Proposals),
                })),
            "institutions" => Write(
                ["code", "name", "office", "holder", .. withMailboxes ? ["mailbox", "secretariat"] : Array.Empty<string>()],
                (await institutions.ListAsync(cycle, cancel)).Select(one => (string?[])
                    [one.Code, one.Name, one.Office.Title, one.Office.Holder, .. withMailboxes ? [one.Office.Mailbox, one.SecretariatMailbox] : Array.Empty<string>()])),
            "meetings" => Write(
                ["code", "title", "activity", "day", "place", "territory", "attended", "cancelled"],
                (await meetings.ListAsync(cycle, cancel)).Select(one => new[]
                {
                    one.Code, one.Title, cycle.Activity(one.Activity).Title.ToString(), LocalDatePattern.Iso.Format(one.Starts.Date), one.Place, one.Territory, Number(one.Attended), one.Cancelled?.Reason,
                })),
            "members" => Write(
                ["code", "name", "organization", "government", .. withMailboxes ? ["mailbox"] : Array.Empty<string>()],
                (await forum.ListAsync(cycle, cancel)).Select(one => (string?[])
                    [one.Code, one.Name, one.Organization, texts[one.Government ? "Yes" : "No"], .. withMailboxes ? [one.Mailbox] : Array.Empty<string>()])),
            "themes" => Write(
                ["code", "name", "summary", "decision", "reasons", "institutions"],
                (await themes.ListAsync(cycle, cancel)).Select(one => new[]
                {
                    one.Code, one.Name, one.Summary, one.Decision is { } decision ? texts[$"Theme-{decision.Outcome}"].Value : null, one.Decision?.Reasons, string.Join(' ', one.Institutions),
                })),
            _ => null,
        };
    }

    private async Task<IEnumerable<string?[]>> RequestRowsAsync(Cycle cycle, CancellationToken cancel)
    {
        var now = clock.GetCurrentInstant();
        return (await requests.ListAsync(cycle.Id, cancel)).Select(answered => answered.Request).Where(request => kinds.Of(request).IsNota).Select(request => new[]
        {
            request.Number, kinds.Of(request).Texts["Title"].Value, Number(request.Round), request.InstitutionName, request.Office.Holder, LocalDatePattern.Iso.Format(cycle.DateOf(request.SentAt)),
            LocalDatePattern.Iso.Format(request.Due), texts[$"Request-{request.StateAt(now, cycle)}"].Value, texts[request.IsLateAt(now, cycle) ? "Yes" : "No"].Value,
        });
    }

    private byte[] Write(IEnumerable<string> columns, IEnumerable<IEnumerable<string?>> rows) => SafeCsv.Write(columns.Select(column => texts[$"Column-{column}"].Value), rows);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

public sealed class ExportList(StaffGate gate, StaffExports exports)
{
    [Function(nameof(ExportList))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/exports/{list}")] HttpRequest request, string list, CancellationToken cancel)
    {
        var admission = await gate.RequireAsync(request, StaffRole.Reader, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        return await exports.WriteAsync(list, StaffGate.MayAct(admission.Member, StaffRole.Secretary), cancel) is { } csv
            ? Results.File(csv, "text/csv; charset=utf-8", $"{list}.csv")
            : Page.Error(StatusCodes.Status404NotFound);
    }
}

/// <summary>Names the resources of this folder.</summary>
public sealed class ExportTexts;
