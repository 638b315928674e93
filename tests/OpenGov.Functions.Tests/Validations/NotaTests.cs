using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Requests;
using Xunit;
using static OpenGov.Functions.Validations.ValidationRound;

namespace OpenGov.Functions.Validations;

/// <summary>A nota from its dispatch to its end, as offices meet it. The clock stands in October.</summary>
public sealed class NotaTests(OctoberService service) : IClassFixture<OctoberService>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_institution_gets_one_nota_however_many_commitments_concern_it()
    {
        var dispatch = await SendAsync(service, new(2019, 10, 11), "A-01: AA1, AA2", "A-02: AA2, AA1", "A-03: AA1");
        Assert.Equal([("AA1", 3), ("AA2", 2)], dispatch.Notas.Select(nota => (nota.Institution, nota.Commitments.Count)));
        await LinkAsync(service, "AA1");
        await LinkAsync(service, "AA2");
        var nota = Assert.Single(await service.MailsAsync(MailboxOf("AA1"), 1));
        Assert.Contains("A-01", nota.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("viernes 11 de octubre de 2019, 23:59 (hora de Panamá)", nota.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dispatch_that_is_sent_again_gets_its_first_answer_and_sends_nothing()
    {
        var first = await SendAsync(service, new(2019, 10, 11), "B-01: BB1");
        var link = await LinkAsync(service, "BB1");
        var again = await SendAsync(service, new(2019, 10, 11), "B-01: BB1");
        Assert.Equal(first.Notas.Select(nota => nota.Number), again.Notas.Select(nota => nota.Number));
        var refused = await service.Services.GetRequiredService<DispatchValidation>().DispatchAsync(["B-01"], new(2019, 10, 18), Organiser, Cancel);
        Assert.Equal("already-sent", Assert.IsType<Dispatching.Refused>(refused).Code);
        Assert.NotEmpty(link);
        Assert.Single(await service.MailsAsync(MailboxOf("BB1"), 1));
    }

    [Fact]
    public async Task Opening_the_link_changes_nothing()
    {
        await SendAsync(service, new(2019, 10, 11), "D-01: DD1");
        var link = await LinkAsync(service, "DD1");
        var before = await StoredAsync("DD1");
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await service.Http.GetAsync($"/r?t={link}", Cancel)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await service.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"/r?t={link}"), Cancel)).StatusCode);
        }
        var after = await StoredAsync("DD1");
        Assert.Equal(JsonSerializer.Serialize(before), JsonSerializer.Serialize(after));
        Assert.Single(await service.MailsAsync(MailboxOf("DD1"), 1));
    }

    [Theory]
    [InlineData("not-viable", "reasons", "Motivos", "Contrapropuesta: falta")]
    [InlineData("not-viable", "counterproposal", "Otra cosa", "Motivos: falta")]
    [InlineData("not-competent", "reasons", "Motivos", "Institución competente: falta")]
    [InlineData("maybe", "reasons", "Motivos", "Elija una respuesta")]
    public async Task An_answer_that_lacks_what_it_must_say_is_refused_and_kept_on_the_page(string choice, string field, string text, string error)
    {
        var code = $"F{choice.Length}-{field.Length}";
        await SendAsync(service, new(2019, 10, 11), $"{code}-1: {code}");
        var link = await LinkAsync(service, code);
        var refused = await PostAsync(service, link, Answer($"{code}-1", choice, (field, text)));
        var page = await refused.ReadAsync();
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(error, page, StringComparison.Ordinal);
        Assert.Contains("Ana Ríos", page, StringComparison.Ordinal);
        Assert.Null((await StoredAsync(code)).Draft);
    }

    [Theory]
    [InlineData("GG1", " Texto del compromiso\nGG1-1. ")]
    [InlineData("GG2", "TEXTO DEL COMPROMISO «GG2-1»")]
    [InlineData("GG3", "texto del compromiso: GG3-1!")]
    public async Task A_counterproposal_that_repeats_the_original_is_refused(string code, string counterproposal)
    {
        await SendAsync(service, new(2019, 10, 11), $"{code}-1: {code}");
        var refused = await PostAsync(service, await LinkAsync(service, code),
            Answer($"{code}-1", "not-viable", ("reasons", "No hay fondos."), ("counterproposal", counterproposal)));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("igual a la propuesta original", await refused.ReadAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name", "Ana\r\nBcc: x@example.org")]
    [InlineData("office", "")]
    public async Task Who_answers_says_so_in_one_line(string field, string text)
    {
        var code = $"H{field.Length}";
        await SendAsync(service, new(2019, 10, 11), $"{code}-1: {code}");
        var fields = Answer($"{code}-1", "approve").Where(pair => pair.Name != field).Append((field, text)).ToArray();
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(service, await LinkAsync(service, code), fields)).StatusCode);
    }

    [Fact]
    public async Task An_answer_takes_effect_when_the_office_confirms_it_with_its_code()
    {
        await SendAsync(service, new(2019, 10, 11), "J-01: JJ1", "J-02: JJ1");
        var link = await LinkAsync(service, "JJ1");
        var answer = Answer("J-01", "not-viable", ("reasons", "Sin presupuesto."), ("counterproposal", "Un piloto en dos provincias."))
            .Concat([("items[J-02].choice", "approve")]).ToArray();
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(service, link, answer)).StatusCode);
        Assert.Equal("sent", (await PublicAsync("JJ1")).GetProperty("state").GetString());

        var code = await CodeAsync(service, "JJ1");
        Assert.Equal(HttpStatusCode.BadRequest, (await ConfirmAsync(service, link, code == "000000" ? "000001" : "000000")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await ConfirmAsync(service, link, code)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await ConfirmAsync(service, link, code)).StatusCode);

        var shown = await PublicAsync("JJ1");
        Assert.Equal("confirmed", shown.GetProperty("state").GetString());
        Assert.False(shown.GetProperty("late").GetBoolean());
        Assert.Equal("Un piloto en dos provincias.", shown.GetProperty("items")[0].GetProperty("counterproposal").GetString());
        Assert.Equal(["sent", "confirmed"], shown.GetProperty("timeline").EnumerateArray().Select(step => step.GetProperty("what").GetString()));
        var page = WebUtility.HtmlDecode(await service.Http.GetStringAsync("/requests?lang=es", Cancel));
        Assert.Contains("Un piloto en dos provincias.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Ana Ríos", page, StringComparison.Ordinal);
        var mails = await service.MailsAsync(MailboxOf("JJ1"), 3);
        Assert.Equal(["Respuesta", "Código", "Nota"], mails.Select(mail => Subject(mail).Split(' ')[0]));
    }

    [Fact]
    public async Task Five_wrong_codes_end_a_code_and_a_new_one_can_be_asked_for()
    {
        await SendAsync(service, new(2019, 10, 11), "K-01: KK1");
        var link = await LinkAsync(service, "KK1");
        await PostAsync(service, link, Answer("K-01", "approve"));
        var code = await CodeAsync(service, "KK1");
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await ConfirmAsync(service, link, $"{(int.Parse(code, System.Globalization.CultureInfo.InvariantCulture) + 1 + i) % 1000000:D6}")).StatusCode);
        }
        Assert.Equal(HttpStatusCode.BadRequest, (await ConfirmAsync(service, link, code)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(service, link, Answer("K-01", "approve"))).StatusCode);
        var next = await CodeAsync(service, "KK1", 2);
        Assert.Equal(HttpStatusCode.BadRequest, (await ConfirmAsync(service, link, code)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await ConfirmAsync(service, link, next)).StatusCode);
    }

    [Fact]
    public async Task Of_eight_different_answers_at_once_one_is_prepared_and_the_others_see_it()
    {
        await SendAsync(service, new(2019, 10, 11), "L-01: LL1");
        var link = await LinkAsync(service, "LL1");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => PostAsync(
            service, link, [.. Answer("L-01", "not-competent", ("competent", $"Institución {number}")), ("seen", "0")])));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.SeeOther);
        Assert.Equal(7, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        Assert.Single((await StoredAsync("LL1")).Prepared);
    }

    [Fact]
    public async Task A_double_click_sends_one_code()
    {
        await SendAsync(service, new(2019, 10, 11), "M-01: MM1");
        var link = await LinkAsync(service, "MM1");
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PostAsync(service, link, Answer("M-01", "approve"))));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode));
        Assert.Single((await StoredAsync("MM1")).Prepared);
    }

    [Fact]
    public async Task A_corrected_answer_is_confirmed_anew_and_each_version_is_kept()
    {
        await SendAsync(service, new(2019, 10, 11), "N-01: NN1");
        var link = await LinkAsync(service, "NN1");
        await PostAsync(service, link, Answer("N-01", "approve"));
        await ConfirmAsync(service, link, await CodeAsync(service, "NN1"));
        var first = (await StoredAsync("NN1")).Standing!;
        await PostAsync(service, link, Answer("N-01", "not-competent", ("competent", "MEF")));
        Assert.Equal(first.Hash, (await PublicAsync("NN1")).GetProperty("hash").GetString());
        await ConfirmAsync(service, link, await CodeAsync(service, "NN1", 2));
        var request = await StoredAsync("NN1");
        Assert.Equal([1, 2], request.Confirmations.Select(confirmation => confirmation.Version));
        var store = service.Services.GetRequiredService<RequestStore>();
        foreach (var confirmation in request.Confirmations)
        {
            Assert.Equal(confirmation.Hash, (await store.FindAnswerAsync(request.Cycle, request.Id, confirmation.Version, Cancel))!.Hash());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc.def")]
    [InlineData("MXwyMDE5LTIwMjEvMDAxLTIwMTl8MHwxNTY5OTM1NzgyfA.AAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_guessed_link_opens_nothing(string token)
    {
        Assert.Equal(HttpStatusCode.NotFound, (await service.Http.GetAsync($"/r?t={token}", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(service, token, Answer("A-01", "approve"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await ConfirmAsync(service, token, "123456")).StatusCode);
    }

    private async Task<OfficialRequest> StoredAsync(string institution)
    {
        var cycle = await service.Services.GetRequiredService<CurrentCycle>().GetAsync(Cancel);
        var all = await service.Services.GetRequiredService<RequestStore>().ListAsync(cycle.Id, Cancel);
        return all.Single(answered => answered.Request.Institution == institution).Request;
    }

    private async Task<JsonElement> PublicAsync(string institution) =>
        (await service.Http.GetFromJsonAsync<JsonElement>("/api/requests", Cancel)).GetProperty("items").EnumerateArray()
            .Single(nota => nota.GetProperty("institution").GetString() == institution);
}
