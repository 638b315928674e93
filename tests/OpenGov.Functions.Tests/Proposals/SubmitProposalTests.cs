using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace OpenGov.Functions.Proposals;

public sealed class SubmitProposalTests(TestService service) : IClassFixture<TestService>
{
    [Fact]
    public async Task A_proposal_with_an_address_gets_a_code_and_one_receipt()
    {
        var answer = await SendAsync(Valid with { author = new { email = "ana@example.org" } });

        var created = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var code = created.GetProperty("code").GetString()!;
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.EndsWith($"/proposals/{code}", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("-05:00", created.GetProperty("receivedAt").GetString(), StringComparison.Ordinal);
        var receipt = Assert.Single(await service.MailsAsync("ana@example.org", 1));
        Assert.Contains(code, receipt.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_key_and_body_get_the_first_answer_again_and_another_body_is_refused()
    {
        var first = await SendAsync(Valid, "same-key");
        var again = await SendAsync(Valid, "same-key");
        var other = await SendAsync(Valid with { title = "Otra temática" }, "same-key");

        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Equal("idempotency-mismatch", await CodeOfAsync(other));
    }

    [Theory]
    [InlineData("""{"problem":"p","consent":true}""", "title")]
    [InlineData("""{"title":"t\r\nu","problem":"p","consent":true}""", "title")]
    [InlineData("""{"title":"t","problem":"p"}""", "consent")]
    [InlineData("""{"title":1,"problem":"p","consent":true}""", "title")]
    [InlineData("""{"title":"t","title":"u","problem":"p","consent":true}""", "title")]
    [InlineData("""{"title":"t","problem":"p","consent":true,"territory":"XX"}""", "territory")]
    [InlineData("""{"title":"t","problem":"p","consent":true,"author":{"email":"a b@c"}}""", "author.email")]
    [InlineData("""[[[[[[[[[[[[[[]]]]]]]]]]]]]]""", "body")]
    [InlineData("""nonsense""", "body")]
    public async Task Bad_input_is_refused_with_the_field_at_fault(string body, string field)
    {
        var answer = await service.Http.PostAsync("/api/proposals", new StringContent(body, Encoding.UTF8, "application/json"));

        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("invalid", problem.GetProperty("code").GetString());
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString());
    }

    [Fact]
    public async Task A_title_may_have_120_code_points_whatever_their_bytes()
    {
        Assert.Equal(HttpStatusCode.Created, (await SendAsync(Valid with { title = string.Concat(Enumerable.Repeat("🌊", 120)) })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(Valid with { title = string.Concat(Enumerable.Repeat("🌊", 121)) })).StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_64_KiB_is_refused_whatever_its_framing(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/proposals")
        {
            Content = new ByteArrayContent(new byte[70_000]) { Headers = { ContentType = new("application/json") } },
        };
        request.Headers.TransferEncodingChunked = chunked;

        var answer = await service.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("too-large", await CodeOfAsync(answer));
    }

    [Fact]
    public async Task What_is_not_JSON_is_not_read() =>
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await service.Http.PostAsync("/api/proposals", new StringContent("title=t"))).StatusCode);

    [Fact]
    public async Task An_address_or_telephone_is_never_public_and_a_name_only_by_choice()
    {
        var created = await (await SendAsync(Valid with { author = new { name = "Ana Ríos", email = "ana.rios@example.org", phone = "6123-4567" } }))
            .Content.ReadFromJsonAsync<JsonElement>();

        var shown = await service.Http.GetStringAsync($"/api/proposals/{created.GetProperty("code").GetString()}");

        Assert.DoesNotContain("Ana Ríos", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("example.org", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("6123", shown, StringComparison.Ordinal);
    }

    private static ProposalBody Valid => new("Agua potable en la comarca", "Falta agua", true, null);

    private static async Task<string?> CodeOfAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();

    private async Task<HttpResponseMessage> SendAsync(ProposalBody body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/proposals") { Content = JsonContent.Create(body) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }
        return await service.Http.SendAsync(request);
    }

#pragma warning disable IDE1006 // names of the JSON API
    private sealed record ProposalBody(string title, string problem, bool consent, object? author);
#pragma warning restore IDE1006
}
