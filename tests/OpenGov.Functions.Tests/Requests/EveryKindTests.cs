using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Development;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Liaisons;
using OpenGov.Functions.Meetings.HighLevel;
using OpenGov.Functions.Meetings.Replies;
using OpenGov.Functions.Plans;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Themes.Opinions;
using OpenGov.Functions.Validations;
using static OpenGov.Functions.Validations.ValidationRound;

namespace OpenGov.Functions.Requests;

/// <summary>Answers that come too late, to what was withdrawn, or that say nothing: whatever was asked, nothing is recorded and nothing typed is lost.</summary>
public sealed class EveryKindTests(OctoberService service) : IClassFixture<OctoberService>
{
    private const string Number = "X-01";
    private const string Typed = "Lo que escribió la secretaria";
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds =>
        [ValidationKind.Name, DesignationKind.Name, HighLevelKind.Name, ReviewKind.Name, ApprovalKind.Name, DevelopmentKind.Name, ReplyKind.Name];

    [Fact]
    public void Every_kind_is_among_those_that_are_tried() =>
        Assert.Equal(Kinds.Select(row => (string)row.Data).Order(), service.Services.GetRequiredService<RequestKinds>().All.Select(kind => kind.Kind).Order());

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task After_the_round_is_closed_nothing_is_taken_and_the_page_says_so(string kind)
    {
        var request = await SentAsync(kind, "cerrada", closed: true);

        var refused = await RefusedAsync(request, HttpStatusCode.Conflict);

        Assert.Contains("La ronda se cerró: ya no se reciben respuestas. No se registró nada.", refused, StringComparison.Ordinal);
        Assert.Contains("ya no se reciben respuestas", await service.Http.ReadAsync($"/r?t={TokenOf(request)}&lang=es"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task To_what_was_annulled_nothing_is_taken_and_the_page_says_why(string kind)
    {
        var request = await SentAsync(kind, "anulada");
        Assert.IsType<Acting.Done>(await service.Services.GetRequiredService<ActOnRequest>().AnnulAsync(request.Id, "Se envió por error.", Organiser, null, cancel));

        var refused = await RefusedAsync(request, HttpStatusCode.Conflict);

        Assert.Contains("La nota se anuló: ya no se reciben respuestas. No se registró nada.", refused, StringComparison.Ordinal);
        Assert.Contains("Se envió por error.", refused, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Behind_a_link_that_a_reissue_replaced_nothing_is_taken_and_what_was_typed_can_be_copied(string kind)
    {
        var request = await SentAsync(kind, "reemitida");
        Assert.IsType<Acting.Done>(await service.Services.GetRequiredService<ActOnRequest>().ReissueAsync(request.Id, null, "Cambió la persona titular.", Organiser, null, cancel));

        var refused = await RefusedAsync(request, HttpStatusCode.NotFound);

        Assert.Contains("haber sido reemplazado por otro más reciente", refused, StringComparison.Ordinal);
        Assert.Contains("Cópielo antes de cerrar esta página", refused, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Whatever_must_be_said_with_a_choice_is_asked_for_by_its_name(string kind)
    {
        var request = await SentAsync(kind, "vacia");
        Assert.Contains($"Elija una respuesta para {Number}.", await PostedAsync(request, HttpStatusCode.BadRequest, []), StringComparison.Ordinal);
        foreach (var choice in KindOf(request).ChoicesOf(request.Items[0]))
        {
            var refused = await PostedAsync(request, HttpStatusCode.BadRequest, [(AnswerForm.ChoiceOf(request.Items[0]), choice.Name), .. choice.Fields.Select(field => (AnswerForm.FieldOf(request.Items[0], field.Name), field.OneLine ? "  " : " \r\n "))]);
            Assert.All(choice.Fields, field => Assert.Equal(!field.Optional, refused.Contains($"{KindOf(request).LabelOf(request.Items[0], field.Name)}: falta este texto para {Number}.", StringComparison.Ordinal)));
            Assert.Contains("Escriba el nombre de quien responde.", refused, StringComparison.Ordinal);
        }
        Assert.Empty((await StoredAsync(request)).Prepared);
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.ReadAsync();
        Assert.True(status == answer.StatusCode, $"{answer.StatusCode}: {text}");
        return text;
    }

    /// <summary>A full answer is refused, is not recorded, and stays on the page.</summary>
    private async Task<string> RefusedAsync(OfficialRequest request, HttpStatusCode status)
    {
        var before = JsonSerializer.Serialize(await StoredAsync(request), Json.Options);
        var item = request.Items[0];
        var choice = KindOf(request).ChoicesOf(item).MaxBy(known => known.Fields.Count)!;

        var refused = await PostedAsync(request, status,
        [
            (AnswerForm.ChoiceOf(item), choice.Name), ("name", Typed), ("office", "Secretaría del Despacho"),
            .. choice.Fields.Select((field, index) => (AnswerForm.FieldOf(item, field.Name), field.Format switch
            {
                FieldFormat.Mailbox => $"persona{index}@example.org",
                FieldFormat.Date => "2020-06-30",
                _ => $"{Typed} {index}",
            })),
        ]);

        Assert.Contains(Typed, refused, StringComparison.Ordinal);
        Assert.All(choice.Fields.Index().Where(field => field.Item.Format is FieldFormat.Text or FieldFormat.Line), field => Assert.Contains($"{Typed} {field.Index}", refused, StringComparison.Ordinal));
        Assert.Equal(before, JsonSerializer.Serialize(await StoredAsync(request), Json.Options));
        return refused;
    }

    private async Task<string> PostedAsync(OfficialRequest request, HttpStatusCode status, (string, string)[] fields)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/r") { Content = StaffSignIn.Form([("t", TokenOf(request)), .. fields]), Headers = { { "Accept-Language", "es" } } };
        return await TextAsync(await service.Http.SendAsync(message, cancel), status);
    }

    private async Task<OfficialRequest> SentAsync(string kind, string what, bool closed = false)
    {
        var cycle = await service.Services.GetRequiredService<CurrentCycle>().GetAsync(cancel);
        var now = service.Services.GetRequiredService<TimeProvider>().GetCurrentInstant();
        var request = new OfficialRequest(
            cycle.Id, $"{kind}-{what}", kind, $"Nota {kind} {what}", 1, "NADIE", "Institución", new Office("Director/a General", $"{kind}@example.org"), null,
            [new RequestItem(Number, "Un asunto", "El texto del asunto.", DataOf(kind))], now, new LocalDate(2019, 10, 11))
        {
            ClosedAt = closed ? now : null,
        };
        await service.Services.GetRequiredService<SendRequest>().SendAsync(request, cycle, cancel);
        return request;
    }

    private static JsonElement DataOf(string kind) => kind switch
    {
        ValidationKind.Name => JsonSerializer.SerializeToElement(new ValidationItem("Transparencia", "Ministerio", [], IsLead: true), Json.Options),
        HighLevelKind.Name => JsonSerializer.SerializeToElement(new { Dates = new[] { new LocalDateTime(2019, 10, 10, 9, 0) } }, Json.Options),
        DevelopmentKind.Name => JsonSerializer.SerializeToElement(new DevelopmentItem(IsLead: true), Json.Options),
        _ => JsonSerializer.SerializeToElement(new { }, Json.Options),
    };

    private IRequestKind KindOf(OfficialRequest request) => service.Services.GetRequiredService<RequestKinds>().Of(request);

    private string TokenOf(OfficialRequest request) => service.Services.GetRequiredService<RequestLinks>().TokenFor(request);

    private async Task<OfficialRequest> StoredAsync(OfficialRequest request) =>
        (await service.Services.GetRequiredService<RequestStore>().FindAsync(request.Cycle, request.Id, cancel))!.Record;
}
