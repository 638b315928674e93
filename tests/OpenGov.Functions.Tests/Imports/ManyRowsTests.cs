using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace OpenGov.Functions.Imports;

public sealed class ManyRowsService() : TestService("2019-03-05T09:00");

public sealed class ManyRowsTests(ManyRowsService service) : IClassFixture<ManyRowsService>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_thousand_rows_come_in_and_the_same_again_changes_nothing()
    {
        using var staff = service.NewClient();
        staff.Timeout = Timeout.InfiniteTimeSpan;
        await staff.PostAsync("/staff/enter", StaffSignIn.Form(("t", await service.SignInTokenAsync(StaffSignIn.Organiser))), Cancel);
        var rows = string.Join("\r\n", Enumerable.Range(1, 10_000).Select(i => $"X-{i};Institución número {i};Director/a General;Titular {i};no;despacho{i}@example.org;secretaria{i}@example.org"));
        var file = CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes($"código;nombre;título de la autoridad;titular;encargado;correo del despacho;correo de la secretaría general\r\n{rows}\r\n");
        var (clock, memory) = (Stopwatch.StartNew(), GC.GetTotalMemory(forceFullCollection: true));

        var imported = await PostAsync(staff, file);
        TestContext.Current.SendDiagnosticMessage($"10,000 rows: {clock.Elapsed.TotalSeconds:F1} s");
        Assert.Equal(10_000, (await imported.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("imported").GetInt32());
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - memory, long.MinValue, 200L * 1024 * 1024);

        clock.Restart();
        Assert.Equal(10_000, (await (await PostAsync(staff, file)).Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("imported").GetInt32());
        TestContext.Current.SendDiagnosticMessage($"Again: {clock.Elapsed.TotalSeconds:F1} s");

        var tooMany = await PostAsync(staff, [.. file, .. "X-10001;Una;Director/a General;;;a@example.org;b@example.org\r\n"u8]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooMany.StatusCode);
        Assert.Contains("El archivo tiene más de 10000 filas. Divídalo en varios.", await tooMany.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync(staff, new byte[(5 * 1024 * 1024) + 1])).StatusCode);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient staff, byte[] file) => staff.PostAsync(
        "/api/staff/import/institutions", new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } }, Cancel);
}
