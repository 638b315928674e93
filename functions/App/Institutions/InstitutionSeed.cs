using System.Reflection;
using System.Text.Json;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Institutions;

/// <summary>
/// Fills an empty store with the sample institutions of the cycle's own data file. What staff have stored since is
/// theirs: a store that holds one institution is never filled again.
/// </summary>
public sealed class InstitutionSeed(IConfiguration configuration, CurrentCycle cycles, InstitutionStore store, Ledger ledger) : ISeed
{
    private const string Setting = "Sample__Skip";
    private readonly bool skip = ReadSkip(configuration["Sample:Skip"]);
    private readonly string? cycleFile = configuration["Cycle:File"]?.Trim();

    public async Task PlantAsync(CancellationToken cancel)
    {
        if (skip || Sample() is not { } sample)
        {
            return;
        }
        var cycle = await cycles.GetAsync(cancel);
        if ((await store.ListAsync(cycle, cancel)).Count > 0)
        {
            return;
        }
        var change = new Change(Tables.Institutions, InstitutionStore.PartitionOf(cycle))
            .Record(OfficialEvent.Of("institutions-loaded", cycle.Id, new { Institutions = sample.Select(institution => institution.Code) }));
        foreach (var institution in sample)
        {
            change.Add(InstitutionStore.RowOf(institution.Code), institution);
        }
        // A conflict means that another instance was faster: its rows stand.
        await ledger.CommitAsync(change, cancel);
    }

    /// <summary>Null where the cycle's file has no institutions beside it.</summary>
    private IReadOnlyList<Institution>? Sample()
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream($"OpenGov.Functions.Institutions.Data.{cycleFile}.json");
        return file is null ? null
            : [.. JsonSerializer.Deserialize<IReadOnlyList<Row>>(file, Json.Options)!.Select(row =>
                new Institution(row.Code, row.Name, new Office(row.AuthorityTitle, row.OfficeMailbox ?? ""), row.SecretariatMailbox ?? ""))];
    }

    private static bool ReadSkip(string? setting) =>
        string.IsNullOrWhiteSpace(setting) ? false
        : bool.TryParse(setting, out var skip) ? skip
        : throw new InvalidSettingException(Setting, "is neither true nor false");

    private sealed record Row(string Code, string Name, string AuthorityTitle, string? OfficeMailbox, string? SecretariatMailbox);
}
