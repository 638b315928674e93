using System.Globalization;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Imports;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Institutions;

public sealed class ImportInstitutionsTests(TestService service) : IClassFixture<TestService>
{
    private const int Sample = 12;

    [Fact]
    public async Task One_wrong_row_leaves_everything_unchanged()
    {
        var before = await RowsAsync();

        var result = await ImportAsync(Json(Row("UNO-1"), Row("UNO-2", mailbox: "nobody"), Row("UNO-3")));

        var error = Assert.Single(result.Errors);
        Assert.Equal((0, 2, "officeMailbox", "malformed"), (result.Imported, error.Row, error.Field, error.Code));
        Assert.Equal(before, await RowsAsync());
    }

    [Fact]
    public async Task The_good_rows_are_applied_where_that_is_asked_for()
    {
        var result = await ImportAsync(Json(Row("DOS-1"), Row("DOS-2", mailbox: "nobody"), Row("DOS-3")), partial: true);

        Assert.Equal((2, 1), (result.Imported, result.Errors.Count));
        Assert.NotNull(await FindAsync("DOS-1"));
        Assert.Null(await FindAsync("DOS-2"));
        Assert.NotNull(await FindAsync("DOS-3"));
    }

    [Fact]
    public async Task A_repeated_import_changes_nothing_more_and_a_changed_row_is_recorded_with_who_imported_it()
    {
        await ImportAsync(Json(Row("TRES-1"), Row("TRES-2")));
        var first = await RowsAsync();
        var again = await ImportAsync(Json(Row("TRES-1"), Row("TRES-2")));

        Assert.Equal((2, 0), (again.Imported, again.Errors.Count));
        Assert.Equal(first, await RowsAsync());

        await ImportAsync(Json(Row("TRES-1", holder: "Ana Ríos"), Row("TRES-2")));

        var added = (await RowsAsync()).Where(row => !first.ContainsKey(row.Key) && row.Key.StartsWith("E!", StringComparison.Ordinal)).ToList();
        var recorded = await EventAsync(Assert.Single(added).Key);
        Assert.Equal(("institution-imported", "TRES-1", "organiser:1"), (recorded.What, recorded.Subject, recorded.Actor));
        Assert.DoesNotContain("Ana", recorded.Data!.Value.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("@", recorded.Data!.Value.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("Ana Ríos", (await FindAsync("TRES-1"))!.Office.Holder);
    }

    [Fact]
    public async Task A_large_file_is_stored_in_several_transactions_and_what_is_there_already_is_left_alone()
    {
        var rows = Enumerable.Range(1, 100).Select(i => Row(string.Create(CultureInfo.InvariantCulture, $"CIEN-{i}"))).ToArray();
        await ImportAsync(Json(rows[..30]));
        var first = await RowsAsync();

        var result = await ImportAsync(Json(rows));

        var after = await RowsAsync();
        Assert.Equal(100, result.Imported);
        Assert.Equal(2 * 70, after.Count - first.Count);
        Assert.All(first, row => Assert.Equal(row.Value, after[row.Key]));
    }

    [Fact]
    public async Task Two_imports_at_once_both_succeed()
    {
        var rows = Json([.. Enumerable.Range(1, 20).Select(i => Row($"PAR-{i}"))]);

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ImportAsync(rows)));

        Assert.All(results, result => Assert.Equal((20, 0), (result.Imported, result.Errors.Count)));
        var events = await EventsAsync("PAR-");
        Assert.Equal(20, events);
    }

    [Fact]
    public async Task Errors_are_said_in_the_language_of_who_imports()
    {
        var previous = CultureInfo.CurrentUICulture;
        try
        {
            Web.Language.Use("es");
            Assert.Equal("Falta «correo del despacho».", Assert.Single((await ImportAsync(Json(Row("CINCO", mailbox: "")))).Errors).Message);
            Web.Language.Use("en");
            Assert.Equal("“mailbox of the office” is missing.", Assert.Single((await ImportAsync(Json(Row("CINCO", mailbox: "")))).Errors).Message);
        }
        finally
        {
            CultureInfo.CurrentUICulture = previous;
        }
    }

    [Fact]
    public async Task The_sample_institutions_are_planted_once_and_what_staff_changed_stays()
    {
        Assert.Equal(1, await EventsAsync("2019-2021"));
        await ImportAsync(Json(Row("MOP", holder: "Luis Mora")));
        var before = await RowsAsync();

        await service.Services.GetServices<ISeed>().OfType<InstitutionSeed>().Single().PlantAsync(CancellationToken.None);

        Assert.Equal(before, await RowsAsync());
        Assert.Equal("Luis Mora", (await FindAsync("MOP"))!.Office.Holder);
        Assert.True((await Store.ListAsync(await CycleAsync(), CancellationToken.None)).Count >= Sample);
        Assert.Equal("Ministerio de Economía y Finanzas", (await FindAsync("MEF"))!.Name);
    }

    private InstitutionStore Store => service.Services.GetRequiredService<InstitutionStore>();

    private TableClient Table => service.Services.GetRequiredService<StorageClients>().Table(Tables.Institutions);

    private Task<ImportResult> ImportAsync(byte[] content, bool partial = false) => service.Services.GetRequiredService<ImportInstitutions>()
        .RunAsync(new ImportFile(content, ImportFormat.Json, partial, "organiser:1"), CancellationToken.None);

    private async Task<Institution?> FindAsync(string code) => await Store.FindAsync(await CycleAsync(), code, CancellationToken.None);

    private ValueTask<Cycle> CycleAsync() => service.Services.GetRequiredService<CurrentCycle>().GetAsync(CancellationToken.None);

    /// <summary>Every row of the table with its ETag, without the effects, which go once they took place.</summary>
    private async Task<Dictionary<string, string>> RowsAsync()
    {
        var rows = new Dictionary<string, string>();
        await foreach (var row in Table.QueryAsync<TableEntity>())
        {
            if (!row.RowKey.StartsWith("O!", StringComparison.Ordinal))
            {
                rows[row.RowKey] = row.ETag.ToString();
            }
        }
        return rows;
    }

    private async Task<OfficialEvent> EventAsync(string row) =>
        Document.Read<RecordedEvent>(await Table.GetEntityAsync<TableEntity>(InstitutionStore.PartitionOf(await CycleAsync()), row)).Event;

    private async Task<int> EventsAsync(string subjectPrefix)
    {
        var count = 0;
        await foreach (var row in Table.QueryAsync<TableEntity>())
        {
            count += row.RowKey.StartsWith("E!", StringComparison.Ordinal)
                && Document.Read<RecordedEvent>(row).Event.Subject.StartsWith(subjectPrefix, StringComparison.Ordinal) ? 1 : 0;
        }
        return count;
    }

    private static object Row(string code, string mailbox = "despacho@example.org", string? holder = null) => new
    {
        code,
        name = $"Institución {code}",
        authorityTitle = "Ministro/a",
        holder,
        officeMailbox = mailbox,
        secretariatMailbox = "secretaria@example.org",
    };

    private static byte[] Json(params object[] rows) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(rows));
}
