using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Imports;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Forum;

/// <summary>Takes the forum's members over from a file.</summary>
public sealed class ImportMembers(CurrentCycle cycles, ImportRun run, IStringLocalizer<ForumTexts> labels) : IImport
{
    private const int LineLength = 120;
    private static readonly ImportColumn Code = new("code", ColumnKind.Key, ImportLimits.KeyLength, true, "código");
    private static readonly ImportColumn Name = new("name", ColumnKind.Line, LineLength, true, "nombre");
    private static readonly ImportColumn Organization = new("organization", ColumnKind.Line, LineLength, true, "organización", "institución");
    private static readonly ImportColumn Government = new("government", ColumnKind.Flag, 1, false, "gobierno", "es de gobierno");
    private static readonly ImportColumn Mailbox = new("email", ColumnKind.Mailbox, ImportLimits.MailboxLength, true, "correo");

    internal static IReadOnlyList<ImportColumn> Columns { get; } = [Code, Name, Organization, Government, Mailbox];

    public async Task<ImportResult> RunAsync(ImportFile file, CancellationToken cancel) =>
        await run.StoreAsync(await ReadAsync(file, cancel), labels, cancel);

    public async Task<ImportPreview> PreviewAsync(ImportFile file, CancellationToken cancel) =>
        await run.PreviewAsync(await ReadAsync(file, cancel), labels, cancel);

    private async Task<ImportedRows<ForumMember>> ReadAsync(ImportFile file, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var place = new ImportPlace<ForumMember>(
            Tables.Forum, ForumStore.PartitionOf(cycle), ForumStore.RowPrefix, member => member.Code,
            (member, before) => OfficialEvent.Of("member-imported", member.Code, new { member.Organization, member.Government, IsNew = before is null }, file.Actor))
        {
            Values = Values,
            MoveOf = (now, before) => now.Term != before.Term ? OfficeMove.Holder : now.Mailbox != before.Mailbox ? OfficeMove.Mailbox : OfficeMove.None,
            TwinBy = Mailbox,
            Onto = (row, before) => row with { Term = row.Name == before.Name ? before.Term : before.Term + 1 },
            Following = changed => changed.Where(one => one.Before is not null && (one.Now.Term, one.Now.Mailbox) != (one.Before.Term, one.Before.Mailbox)).Select(one => one.Now.Code).ToList() is { Count: > 0 } moved
                ? [OfficeChanged.Effect(cycle, ForumMembers.Name, moved)]
                : [],
        };
        return ImportTable.Read(file, Columns).As(place, file.Partial, MemberOf);
    }

    private static ForumMember MemberOf(ImportRow row) => new(
        row.Line(Code.Name)!, row.Line(Name.Name)!, row.Line(Organization.Name)!, row.Flag(Government.Name), row.Line(Mailbox.Name)!);

    private static IReadOnlyList<ImportValue> Values(ForumMember member) =>
        [new(Code, member.Code), new(Name, member.Name), new(Organization, member.Organization), new(Government, member.Government), new(Mailbox, member.Mailbox)];
}
