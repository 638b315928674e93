using OpenGov.Functions.Imports;

namespace OpenGov.Functions.Institutions;

/// <summary>The fields of an institution in an import.</summary>
internal static class InstitutionColumns
{
    private const int LineLength = 200;
    private const int HolderLength = 120;

    private static readonly ImportColumn Code = new("code", ColumnKind.Key, ImportLimits.KeyLength, true, "código");
    public static readonly ImportColumn Name = new("name", ColumnKind.Line, LineLength, true, "nombre");
    private static readonly ImportColumn AuthorityTitle = new("authorityTitle", ColumnKind.Line, LineLength, true, "título de la autoridad");
    private static readonly ImportColumn Holder = new("holder", ColumnKind.Line, HolderLength, false, "titular");
    private static readonly ImportColumn Acting = new("acting", ColumnKind.Flag, 1, false, "encargado", "encargada", "encargado/a");
    private static readonly ImportColumn OfficeMailbox = new("officeMailbox", ColumnKind.Mailbox, ImportLimits.MailboxLength, true, "correo del despacho");
    private static readonly ImportColumn SecretariatMailbox =
        new("secretariatMailbox", ColumnKind.Mailbox, ImportLimits.MailboxLength, true, "correo de la secretaría general");

    public static IReadOnlyList<ImportColumn> All { get; } = [Code, Name, AuthorityTitle, Holder, Acting, OfficeMailbox, SecretariatMailbox];

    /// <summary>The record of a row without faults.</summary>
    public static Institution Institution(ImportRow row) => new(
        row.Line(Code.Name)!, row.Line(Name.Name)!,
        new Office(row.Line(AuthorityTitle.Name)!, row.Line(OfficeMailbox.Name)!, row.Line(Holder.Name), row.Flag(Acting.Name)),
        row.Line(SecretariatMailbox.Name)!);

    public static IReadOnlyList<ImportValue> Values(Institution institution) =>
    [
        new(Code, institution.Code), new(Name, institution.Name), new(AuthorityTitle, institution.Office.Title), new(Holder, institution.Office.Holder),
        new(Acting, institution.Office.Acting), new(OfficeMailbox, institution.Office.Mailbox), new(SecretariatMailbox, institution.SecretariatMailbox),
    ];
}
