using System.Diagnostics;
using System.Globalization;
using System.Text;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Imports;
using OpenGov.Functions.Proposals.Channels;
using OpenGov.Functions.Proposals.Paper;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Proposals;

public sealed class PaperIntakeTests(TestService service, ITestOutputHelper output) : IClassFixture<TestService>
{
    private const string Actor = "secretary-00000000";
    private const string Header = "número,título,problema,provincia,correo,consentimiento";

    public static TheoryData<string> Encodings => ["utf-8", "utf-8 with mark", "windows-1252"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task A_file_is_read_however_the_spreadsheet_wrote_it(string encoding)
    {
        var text = $"{Header}\r\n7,Educación bilingüe,\"Niñas y niños ngäbe no entienden; la escuela, tampoco\",Chiriquí,,sí\r\n";
        byte[] content = encoding switch
        {
            "utf-8" => Encoding.UTF8.GetBytes(text),
            "utf-8 with mark" => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)],
            _ => CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(text),
        };

        var row = Assert.Single((await StageAsync($"Codificación {encoding}", content)).Rows);

        Assert.Equal((PaperState.Ready, "Educación bilingüe", "PA-4"), (row.State, row.Input!.Title, row.Input.Territory));
    }

    [Fact]
    public async Task A_registration_that_is_sent_twice_at_once_or_once_more_or_with_the_file_again_registers_each_form_once()
    {
        var file = File(Enumerable.Range(1, 70).Select(number => $"{number},Idea {number},Problema del barrio número {number},,,sí"));
        var batch = (await StageAsync("Dos veces", file)).Batch;

        var both = await Task.WhenAll(Intake.RegisterAsync(batch.Id, false, Actor, default), Intake.RegisterAsync(batch.Id, false, Actor, default));
        var codes = await CodesAsync(batch.Id);

        Assert.All(both, preview => Assert.Equal(70, preview!.In(PaperState.Registered).Count()));
        Assert.Equal(70, codes.Select(row => row.Code).Distinct().Count());
        await Intake.RegisterAsync(batch.Id, false, Actor, default);
        Assert.Equal(batch.Id, (await StageAsync("Dos veces", file)).Batch.Id);
        // The same forms in another file: their numbers tell.
        var other = await StageAsync("Dos veces", [.. file, .. "71,Idea 71,Otra cosa distinta,,,sí\n"u8]);
        Assert.Equal((70, 1), (other.In(PaperState.Registered).Count(), other.In(PaperState.Ready).Count()));
        Assert.Equal(70, await CountAsync("Dos veces"));
    }

    [Fact]
    public async Task A_registration_that_was_cut_off_is_completed_by_repeating_it()
    {
        var batch = (await StageAsync("Corte", File(Enumerable.Range(1, 40).Select(number => $",Idea {number},Problema de la vereda número {number},,,sí")))).Batch;
        await Intake.RegisterAsync(batch.Id, false, Actor, default);
        var codes = await CodesAsync(batch.Id);
        // As a crash leaves it: some proposals are not there, nor is the end of the batch.
        var cycle = await CycleAsync();
        foreach (var row in codes.Take(15))
        {
            await Table(Tables.Proposals).DeleteEntityAsync(ProposalStore.PartitionOf(cycle, row.Code), ProposalStore.RowOf(row.Code));
        }
        var header = (await Batches.FindAsync(cycle, batch.Id, default))!;
        await Batches.SaveAsync(cycle, header.Record with { State = BatchState.Registering, Registered = 0 }, header.ETag, [], null, default);
        await Task.Delay(TimeSpan.FromSeconds(4));

        var preview = await Intake.RegisterAsync(batch.Id, false, Actor, default);

        Assert.Equal((BatchState.Registered, 40), (preview!.Batch.State, preview.Batch.Registered));
        Assert.Equal(codes, await CodesAsync(batch.Id));
        Assert.Equal(40, await CountAsync("Corte"));
    }

    [Fact]
    public async Task Wrong_rows_stop_a_registration_and_wait_while_the_right_ones_may_go_first()
    {
        var batch = (await StageAsync("Errores", File("1,Agua,Falta agua en el pueblo,,,sí", "2,,Sin título,,,sí", "1,Luz,El mismo número,,,sí", "4,Salud,Sin firma,,,", "5,Escuela,No firmó,,,no", "6,Puente,Mal correo,,a b@c,sí"))).Batch;

        Assert.Empty((await Intake.RegisterAsync(batch.Id, false, Actor, default))!.In(PaperState.Registered));
        var preview = (await Intake.RegisterAsync(batch.Id, true, Actor, default))!;

        Assert.Equal((BatchState.Draft, 1, 5), (preview.Batch.State, preview.In(PaperState.Registered).Count(), preview.In(PaperState.Wrong).Count()));
        Assert.Equal(["title", "reference", "consent", "consent", "email"], preview.In(PaperState.Wrong).Select(row => Assert.Single(row.Faults).Field));
        preview = (await Intake.ChangeAsync(batch.Id, [Change(3, ("title", "Escuelas")), Change(4, ("reference", "3")), Change(6, ("consent", "true")), new RowChange(7, new Dictionary<string, string>(), Keep: false)], declareConsent: true, default))!;
        Assert.Empty(preview.In(PaperState.Wrong));
        preview = (await Intake.RegisterAsync(batch.Id, false, Actor, default))!;
        Assert.Equal((BatchState.Registered, 5, 1), (preview.Batch.State, preview.In(PaperState.Registered).Count(), preview.In(PaperState.LeftOut).Count()));
        var declared = await ProposalAsync((await CodesAsync(batch.Id)).Single(row => row.Reference == "4").Code);
        Assert.Equal((Consent.PaperText, $"declared for batch {batch.Id} by {Actor}"), (declared.Consent.TextVersion, declared.Consent.Evidence));
    }

    [Fact]
    public async Task A_form_number_that_stands_for_another_text_is_an_error_and_no_second_proposal()
    {
        var first = (await StageAsync("Números", File("1,Agua,Falta agua,,,sí"))).Batch;
        await Intake.RegisterAsync(first.Id, false, Actor, default);

        var row = Assert.Single((await StageAsync("Números", File("1,Caminos,Faltan caminos,,,sí"))).Rows);

        Assert.Equal((PaperState.Wrong, "ReferenceUsed"), (row.State, Assert.Single(row.Faults).Text));
    }

    [Fact]
    public async Task Likely_duplicates_are_marked_and_only_an_unnumbered_copy_is_left_out_unless_somebody_decides_otherwise()
    {
        const string why = "El acueducto rural se queda sin agua cada verano y nadie responde por su reparación";
        var preview = await StageAsync("Repetidas", File(
            $",Agua en Soná,{why},,,sí", $",Agua en Soná,{why},,,sí", $"3,Agua en Soná,{why},,,sí", $",Agua para Soná,{why} hoy,,,sí", ",Caminos,No se puede pasar cuando llueve,,,sí"));

        Assert.Equal([PaperState.Ready, PaperState.LeftOut, PaperState.Ready, PaperState.Ready, PaperState.Ready], preview.Rows.Select(row => row.State));
        Assert.Equal([null, true, true, false, null], preview.Rows.Select(row => row.Duplicate?.Identical));
        preview = (await Intake.ChangeAsync(preview.Batch.Id, [new RowChange(3, new Dictionary<string, string>(), Keep: true)], false, default))!;
        Assert.Equal(5, preview.In(PaperState.Ready).Count());
    }

    [Fact]
    public async Task Ten_thousand_rows_are_checked_and_registered_and_more_are_refused()
    {
        var rows = Enumerable.Range(1, 10_000).Select(number => string.Create(CultureInfo.InvariantCulture, $"{number},Idea {number * 7919:x} del corregimiento {number % 700},Asunto {number:x5} de la calle {number * 31 % 9973:x4} que pide la vecina {number * 17:x5},Veraguas,,{(number % 100 == 0 ? "tal vez" : "sí")}")).ToList();
        var clock = Stopwatch.StartNew();
        var preview = await StageAsync("Diez mil", File(rows));
        var staged = clock.Elapsed;
        Assert.Equal((9_900, 100), (preview.In(PaperState.Ready).Count(), preview.In(PaperState.Wrong).Count()));
        clock.Restart();
        preview = (await Intake.RegisterAsync(preview.Batch.Id, true, Actor, default))!;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"10,000 rows: checked in {staged.TotalSeconds:F1} s, registered in {clock.Elapsed.TotalSeconds:F1} s"));

        Assert.Equal(9_900, preview.In(PaperState.Registered).Count());
        Assert.Equal("TooManyRows", Assert.Single((await Intake.StageAsync(await SessionAsync("Diez mil"), Csv(File([.. rows, "x,Una más,Otra,,,sí"])), null, false, default)).Unreadable).Text);
    }

    [Fact]
    public async Task A_cell_as_long_as_the_file_is_an_error_of_its_row_and_fits_its_place()
    {
        var row = Assert.Single((await StageAsync("Larga", File($"1,Larga,\"{new string('x', 2_000_000)}\",,,sí"))).Rows);

        Assert.Equal("TooLong", Assert.Single(row.Faults).Text);
        Assert.Equal(20_000, row.Row.Value("problem").Length);
    }

    [Fact]
    public async Task Drafts_that_nobody_came_back_to_and_what_was_typed_of_registered_forms_go_after_a_month()
    {
        var cycle = await CycleAsync();
        var draft = (await StageAsync("Olvidada", File("1,Agua,Falta agua,,,sí"))).Batch;
        var done = (await StageAsync("Hecha", File("1,Luz,Falta luz,,,sí"))).Batch;
        await Intake.RegisterAsync(done.Id, false, Actor, default);

        await Batches.ExpireAsync(cycle, draft.CreatedAt + Duration.FromDays(29), default);
        Assert.NotNull(await Batches.FindAsync(cycle, draft.Id, default));
        await Batches.ExpireAsync(cycle, done.CreatedAt + Duration.FromDays(31), default);

        Assert.Null(await Batches.FindAsync(cycle, draft.Id, default));
        Assert.Empty(await Batches.RowsAsync(cycle, done.Id, default));
        Assert.Single(await CodesAsync(done.Id));
    }

    private PaperIntake Intake => service.Services.GetRequiredService<PaperIntake>();

    private BatchStore Batches => service.Services.GetRequiredService<BatchStore>();

    private TableClient Table(string name) => service.Services.GetRequiredService<StorageClients>().Table(name);

    private ValueTask<Cycle> CycleAsync() => service.Services.GetRequiredService<CurrentCycle>().GetAsync(default);

    private async Task<Channel> SessionAsync(string name) =>
        (await service.Services.GetRequiredService<DefineChannel>().DefineAsync(new ChannelInput(name, Choices.Session, "2019-02-22"), Actor, default)).Channel!;

    private async Task<PaperPreview> StageAsync(string session, byte[] content)
    {
        var (batch, unreadable) = await Intake.StageAsync(await SessionAsync(session), Csv(content), "hoja.csv", false, default);
        Assert.Empty(unreadable);
        return (await Intake.PreviewAsync(batch!.Id, default))!;
    }

    private async Task<IReadOnlyList<RegisteredRow>> CodesAsync(string batch) => await Batches.CodesAsync(await CycleAsync(), batch, default);

    private async Task<Proposal> ProposalAsync(string code) =>
        (await service.Services.GetRequiredService<ProposalStore>().FindAsync(await CycleAsync(), code, default))!;

    private async Task<int> CountAsync(string session) =>
        (await service.Services.GetRequiredService<ProposalStore>().ListAsync(await CycleAsync(), default)).Count(proposal => proposal.Paper?.SessionName == session);

    private static ImportFile Csv(byte[] content) => new(content, ImportFormat.Csv, true, Actor);

    private static byte[] File(params IEnumerable<string> rows) => Encoding.UTF8.GetBytes($"{Header}\n{string.Join('\n', rows)}\n");

    private static RowChange Change(int number, params (string Column, string Value)[] values) =>
        new(number, values.ToDictionary(pair => pair.Column, pair => pair.Value), null);
}
