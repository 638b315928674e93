using Microsoft.Extensions.Localization;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Imports;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Institutions;

/// <summary>Takes institutions over from a file. A row is the whole record: what it leaves empty is empty afterwards.</summary>
public sealed class ImportInstitutions(CurrentCycle cycles, ImportRun run, TimeProvider clock,
    IStringLocalizer<InstitutionTexts> labels) : IImport
{
    public async Task<ImportResult> RunAsync(ImportFile file, CancellationToken cancel) =>
        await run.StoreAsync(await ReadAsync(file, cancel), labels, cancel);

    public async Task<ImportPreview> PreviewAsync(ImportFile file, CancellationToken cancel) =>
        await run.PreviewAsync(await ReadAsync(file, cancel), labels, cancel);

    private async Task<ImportedRows<Institution>> ReadAsync(ImportFile file, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var place = new ImportPlace<Institution>(
            Tables.Institutions, InstitutionStore.PartitionOf(cycle), InstitutionStore.RowPrefix,
            institution => institution.Code,
            (institution, before) => EventOf(institution, before, file.Actor))
        {
            Values = InstitutionColumns.Values,
            MoveOf = OfficeRules.MoveOf,
            TwinBy = InstitutionColumns.Name,
            Onto = (row, before) => OfficeRules.Import(row, before, cycle.DateOf(clock.GetCurrentInstant())),
            Following = changed => changed.Where(one => OfficeRules.IsMoved(one.Now, one.Before)).Select(one => one.Now.Code).ToList() is { Count: > 0 } moved
                ? [OfficeChanged.Effect(cycle, moved)]
                : [],
        };
        return ImportTable.Read(file, InstitutionColumns.All).As(place, file.Partial, InstitutionColumns.Institution);
    }

    /// <summary>Names and addresses of people stay out of the record: it says that they changed.</summary>
    private static OfficialEvent EventOf(Institution now, Institution? before, string actor) => OfficialEvent.Of(
        "institution-imported", now.Code,
        new
        {
            now.Name,
            AuthorityTitle = now.Office.Title,
            IsNew = before is null,
            HolderChanged = before is not null && before.Office.Term != now.Office.Term,
            MailboxesChanged = before is not null && (before.Office.Mailbox, before.SecretariatMailbox) != (now.Office.Mailbox, now.SecretariatMailbox),
        },
        actor);
}
