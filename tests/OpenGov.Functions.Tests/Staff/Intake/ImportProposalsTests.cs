using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Proposals.Channels;
using static OpenGov.Functions.StaffSignIn;

namespace OpenGov.Functions.Staff.Intake;

public sealed class ImportProposalsTests(TestService service) : IClassFixture<TestService>
{
    [Fact]
    public async Task A_file_of_proposals_is_imported_whole_and_importing_it_again_changes_nothing()
    {
        var csv = "title,problem,proposal,institution,territory,name,email,phone,organization,sector,publicName,consent,language\n"
            + "Agua para Tolé,Falta agua,Un acueducto,MINSA,PA-4,Ana Ríos,ana.tole@example.org,6123-4567,Junta de agua,civil-society,true,true,es\n"
            + "Roads for Tolé,No roads,,,,,,,,,,true,en\n";

        Assert.Equal((HttpStatusCode.OK, 2, 0), await SummaryAsync(await PostAsync(csv)));
        Assert.Equal((HttpStatusCode.OK, 2, 0), await SummaryAsync(await PostAsync(csv)));

        var found = (await service.Http.GetFromJsonAsync<JsonElement>("/api/proposals?q=para tolé")).GetProperty("items").EnumerateArray().ToList();
        var shown = Assert.Single(found);
        Assert.Equal(("Ana Ríos", "PA-4", "MINSA", "portal"), (shown.GetProperty("author").GetString(), shown.GetProperty("territory").GetString(), shown.GetProperty("institution").GetString(), shown.GetProperty("channel").GetString()));
        Assert.Single(await service.MailsAsync("ana.tole@example.org", 1));
    }

    [Fact]
    public async Task JSON_may_have_the_shape_of_the_API()
    {
        var json = """[{"title":"Luz en Cusapín","problem":"<p>No hay <b>luz</b></p>","consent":true,"channel":"social","author":{"name":"Luis","email":"luis.cusapin@example.org","sector":"citizen","publicName":true}}]""";

        Assert.Equal((HttpStatusCode.OK, 1, 0), await SummaryAsync(await PostAsync(json, "application/json")));

        var shown = (await service.Http.GetFromJsonAsync<JsonElement>("/api/proposals?q=cusapin")).GetProperty("items")[0];
        Assert.Equal(("No hay luz", "Luis", "social"), (shown.GetProperty("problem").GetString(), shown.GetProperty("author").GetString(), shown.GetProperty("channel").GetString()));
    }

    [Theory]
    [InlineData("title,problem,consent\n,Falta,sí", 2, "title", "missing")]
    [InlineData("title,problem,consent\nA,B,", 2, "consent", "missing")]
    [InlineData("title,problem,consent\nA,B,no", 2, "consent", "missing")]
    [InlineData("title,problem,consent,territory\nA,B,sí,Narnia", 2, "territory", "unknown-territory")]
    [InlineData("title,problem,consent,sector\nA,B,sí,pirata", 2, "sector", "unknown-choice")]
    [InlineData("title,problem,consent,phone\nA,B,sí,sin número", 2, "phone", "malformed")]
    [InlineData("title,problem,consent,email\nA,B,sí,a b@c", 2, "email", "malformed")]
    [InlineData("title,problem,consent,session\nA,B,sí,NINGUNA", 2, "session", "unknown-session")]
    [InlineData("title,problem,consent\nA,B,sí\nA,B,sí", 3, "row", "duplicate")]
    [InlineData("title,problem,consent,reference\nA,B,sí,1\nC,D,sí,1", 3, "reference", "duplicate")]
    [InlineData("title,consent\nA,sí", 1, "problem", "missing")]
    public async Task A_wrong_row_is_named_and_nothing_is_imported(string csv, int row, string field, string code)
    {
        var answer = await PostAsync(csv);

        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((HttpStatusCode.UnprocessableEntity, 0), (answer.StatusCode, body.GetProperty("imported").GetInt32()));
        var error = Assert.Single(body.GetProperty("errors").EnumerateArray());
        Assert.Equal((row, field, code), (error.GetProperty("row").GetInt32(), error.GetProperty("field").GetString(), error.GetProperty("code").GetString()));
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
    }

    [Fact]
    public async Task The_good_rows_are_imported_where_that_is_asked_for()
    {
        var answer = await PostAsync("title,problem,consent\nParcial uno,Falta,sí\n,Falta,sí\n", query: "?partial=true");

        Assert.Equal((HttpStatusCode.OK, 1, 1), await SummaryAsync(answer));
    }

    [Fact]
    public async Task Numbered_forms_of_a_session_are_the_same_by_the_console_and_by_the_API()
    {
        var session = (await service.Services.GetRequiredService<DefineChannel>()
            .DefineAsync(new ChannelInput("Mesa de Ocú", Choices.Session, "2019-02-22"), "organiser-0", default)).Channel!;
        var csv = $"reference,title,problem,consent,session\n1,Ocú primero,Falta de todo,sí,{session.Code}\n";
        await PostAsync(csv);
        Assert.Equal((HttpStatusCode.OK, 1, 0), await SummaryAsync(await PostAsync(csv)));

        var answer = await PostAsync($"reference,title,problem,consent,session\n1,Ocú cambiado,Falta de todo,sí,{session.Code}\n");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, 0, 1), await SummaryAsync(answer));
        var items = (await service.Http.GetFromJsonAsync<JsonElement>("/api/proposals?q=ocu")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal("session", Assert.Single(items).GetProperty("channel").GetString());
    }

    [Fact]
    public async Task Only_organisers_import_and_only_signed_in()
    {
        using var reader = await service.SignInAsync(Reader);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.PostAsync("/api/staff/import/proposals", Content("title,problem", "text/csv"))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await service.Http.PostAsync("/api/staff/import/proposals", Content("title,problem", "text/csv"))).StatusCode);
    }

    private async Task<HttpResponseMessage> PostAsync(string body, string type = "text/csv", string query = "")
    {
        using var client = await service.SignInAsync();
        return await client.PostAsync($"/api/staff/import/proposals{query}", Content(body, type));
    }

    private static ByteArrayContent Content(string body, string type) => new(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };

    private static async Task<(HttpStatusCode, int, int)> SummaryAsync(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (answer.StatusCode, body.GetProperty("imported").GetInt32(), body.GetProperty("errors").GetArrayLength());
    }
}
