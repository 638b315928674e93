using OpenGov.Functions.Cycles;
using OpenGov.Functions.Imports;

namespace OpenGov.Functions.Proposals.Paper;

/// <summary>What a row must be to become a proposal.</summary>
internal static class PaperRules
{
    private const int MostNamed = 60;

    /// <param name="consentDeclared">The clerk declared for the whole batch that every form is signed.</param>
    /// <returns>The proposal's input, or null with what is wrong added to <paramref name="faults"/>.</returns>
    public static ProposalInput? Read(PaperRow row, IReadOnlyList<ImportColumn> columns, Cycle cycle, bool consentDeclared, List<ImportFault> faults)
    {
        var before = faults.Count;
        if (row.Fault is { } unread)
        {
            faults.Add(unread);
        }
        var read = RowRules.Check(row.Raw(), columns, [], faults);
        faults.AddRange(Faults(read, cycle, consentDeclared).Where(fault => !faults.Skip(before).Any(known => known.Field == fault.Field)).ToList());
        return faults.Count > before ? null : new ProposalInput
        {
            Title = read.Line(PaperColumns.Title),
            Problem = read.Line(PaperColumns.Problem),
            Proposal = read.Line(PaperColumns.Proposal),
            Institution = read.Line(PaperColumns.Institution),
            Territory = read.Line(PaperColumns.Territory),
            Channel = read.Line(PaperColumns.Channel),
            Author = new AuthorInput
            {
                Name = read.Line(PaperColumns.Name),
                Email = read.Line(PaperColumns.Email),
                Phone = read.Line(PaperColumns.Phone),
                Organization = read.Line(PaperColumns.Organization),
                Sector = read.Line(PaperColumns.Sector),
                PublicName = read.Flag(PaperColumns.PublicName),
            },
            Consent = true,
            Language = Web.Language.Known(read.Line(PaperColumns.Language)),
        };
    }

    private static IEnumerable<ImportFault> Faults(ImportRow row, Cycle cycle, bool consentDeclared)
    {
        if (row.Line(PaperColumns.Territory) is { } territory && cycle.Territories.All(known => known.Code != territory))
        {
            yield return Unknown(PaperColumns.Territory, FaultCodes.UnknownTerritory, territory);
        }
        if (row.Line(PaperColumns.Sector) is { } sector && !Choices.Sectors.Contains(sector))
        {
            yield return Unknown(PaperColumns.Sector, FaultCodes.UnknownChoice, sector);
        }
        if (row.Line(PaperColumns.Language) is { } language && !Web.Language.All.Contains(language))
        {
            yield return Unknown(PaperColumns.Language, FaultCodes.UnknownChoice, language);
        }
        if (row.Line(PaperColumns.Channel) is { } channel && !Choices.Channels.Contains(channel))
        {
            yield return Unknown(PaperColumns.Channel, FaultCodes.UnknownChoice, channel);
        }
        if (row.Line(PaperColumns.Phone) is { } phone && !ProposalRules.IsTelephone(phone))
        {
            yield return ImportFault.Malformed(row.Number, PaperColumns.Phone, "NoTelephone");
        }
        // An empty cell is covered by a declaration for all; a "no" is not.
        if (row.Line(PaperColumns.Consent) is null ? !consentDeclared : !row.Flag(PaperColumns.Consent))
        {
            yield return new ImportFault(row.Number, PaperColumns.Consent, FaultCodes.Missing, "NoConsent");
        }

        ImportFault Unknown(string column, string code, string value) =>
            new(row.Number, column, code, "NotInList", value.Length <= MostNamed ? value : value[..MostNamed] + "…");
    }
}
