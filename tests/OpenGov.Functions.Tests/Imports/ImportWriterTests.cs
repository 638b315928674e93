using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Imports;

public sealed class ImportWriterTests(TestService service) : IClassFixture<TestService>
{
    [Fact]
    public async Task Answers_that_are_lost_on_the_way_make_no_row_or_event_twice()
    {
        var writer = Writer(LosingAnswers.Every(3));
        var place = Place("lost");

        await writer.WriteAsync(place, Records(130, "a"), CancellationToken.None);
        await writer.WriteAsync(place, Records(130, "b"), CancellationToken.None);

        var rows = await RowsAsync("lost");
        Assert.Equal(130, rows.Count(row => row.RowKey.StartsWith("X!", StringComparison.Ordinal)));
        Assert.Equal(2 * 130, rows.Count(row => row.RowKey.StartsWith("E!", StringComparison.Ordinal)));
        Assert.All(rows.Where(row => row.RowKey.StartsWith("X!", StringComparison.Ordinal)), row => Assert.Equal("b", Document.Read<Line>(row).Text));
    }

    [Fact]
    public async Task Forty_rows_are_one_transaction_and_rows_that_are_large_are_spread_over_several()
    {
        var counting = LosingAnswers.Every(int.MaxValue);
        var writer = Writer(counting);

        await writer.WriteAsync(Place("forty"), Records(40, "a"), CancellationToken.None);
        Assert.Equal(1, counting.Transactions);

        await writer.WriteAsync(Place("large"), Records(40, new string('é', 30_000)), CancellationToken.None);
        Assert.Equal(1 + 4, counting.Transactions);

        await writer.WriteAsync(Place("forty"), Records(40, "a"), CancellationToken.None);
        Assert.Equal(1 + 4, counting.Transactions);
    }

    private static ImportPlace<Line> Place(string partition) =>
        new(Tables.Institutions, partition, "X!", line => $"{partition}-{line.Code}", (line, _) => new OfficialEvent("imported", line.Code, "staff"));

    private static IReadOnlyList<Line> Records(int count, string text) => [.. Enumerable.Range(1, count).Select(i => new Line($"{i:D4}", text))];

    private ImportWriter Writer(HttpPipelineTransport transport)
    {
        var storage = new StorageClients(service.Services.GetRequiredService<IConfiguration>(), transport);
        return new ImportWriter(storage, new Ledger(
            storage, service.Services.GetRequiredService<OpenWork>(), service.Services.GetRequiredService<WakeUp>(), TimeProvider.System));
    }

    private async Task<List<TableEntity>> RowsAsync(string partition)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in service.Services.GetRequiredService<StorageClients>().Table(Tables.Institutions)
            .QueryAsync<TableEntity>(row => row.PartitionKey == partition))
        {
            rows.Add(row);
        }
        return rows;
    }

    private sealed record Line(string Code, string Text);

    /// <summary>The real way to storage, on which some answers to transactions are lost after they took effect.</summary>
    private sealed class LosingAnswers(int every) : HttpPipelineTransport
    {
        private readonly HttpClientTransport real = new();

        public static LosingAnswers Every(int answers) => new(answers);

        public int Transactions { get; private set; }

        public override Request CreateRequest() => real.CreateRequest();

        public override void Process(HttpMessage message) => throw new NotSupportedException();

        public override async ValueTask ProcessAsync(HttpMessage message)
        {
            await real.ProcessAsync(message);
            if (message.Request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal) && ++Transactions % every == 0)
            {
                throw new IOException("The answer was lost.");
            }
        }
    }
}
