using System.Net;
using AngleSharp;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using OpenGov.Functions.Validations;
using OpenGov.Functions.Web;
using static OpenGov.Functions.Validations.ValidationRound;

namespace OpenGov.Functions.Requests;

/// <summary>Who holds a link, or thinks he does, and wants more than to prepare an answer; and the machines that read mail before people.</summary>
public sealed class NotaAttackTests(OctoberService service) : IClassFixture<OctoberService>
{
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_link_and_the_code_of_one_nota_are_worth_nothing_for_another()
    {
        var (one, other) = (await SentAsync("AT1"), await SentAsync("AT2"));
        await PostAsync(service, await one.TokenAsync(), Answer("AT1-1", "approve"));
        await PostAsync(service, await other.TokenAsync(), Answer("AT2-1", "approve"));

        Assert.Equal(HttpStatusCode.BadRequest, (await ConfirmAsync(service, await one.TokenAsync(), await other.CodeAsync())).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(service, await one.TokenAsync(), Answer("AT2-1", "not-competent", ("competent", "MEF")))).StatusCode);
        Assert.Empty((await one.NotaAsync()).Confirmations);
        Assert.Empty((await other.NotaAsync()).Confirmations);
        Assert.Single((await other.NotaAsync()).Prepared);
    }

    [Fact]
    public async Task A_token_that_was_changed_or_was_made_for_something_else_opens_nothing()
    {
        var desk = await SentAsync("BT1");
        var (nota, before) = (await desk.NotaAsync(), await desk.JsonAsync());
        var (token, links) = (await desk.TokenAsync(), service.Services.GetRequiredService<Links>());
        string[] forged =
        [
            token[..^1] + (token[^1] == 'A' ? 'B' : 'A'), token + "A", token.Split('.')[0] + ".", token.Replace('.', ','), new string('A', 599), $"{token}\n", $"{token} ", token.Replace(".", "\t.", StringComparison.Ordinal),
            links.TokenFor(new Link(LinkPurpose.Receipt, $"{nota.Cycle}/{nota.Id}", 0, DateTimeOffset.UtcNow, null)),
            links.TokenFor(new Link(LinkPurpose.Request, $"{nota.Cycle}/{nota.Id}", 1, DateTimeOffset.UtcNow, null)),
            links.TokenFor(new Link(LinkPurpose.Request, $"{nota.Cycle}/{nota.Id}/", 0, DateTimeOffset.UtcNow, null)),
            links.TokenFor(new Link(LinkPurpose.Request, $"{nota.Cycle}/999-2019", 0, DateTimeOffset.UtcNow, null)),
        ];
        foreach (var one in forged)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await service.Http.GetAsync($"/r?t={Uri.EscapeDataString(one)}", cancel)).StatusCode);
            Assert.All(await ActAllWaysAsync(one, "BT1-1", "123456"), status => Assert.Equal(HttpStatusCode.NotFound, status));
        }
        Assert.Equal(before, await desk.JsonAsync());
    }

    [Fact]
    public async Task Nothing_but_a_post_acts()
    {
        var desk = await SentAsync("CT1");
        var token = await desk.TokenAsync();
        await PostAsync(service, token, Answer("CT1-1", "approve"));
        var (before, code) = (await desk.JsonAsync(), await desk.CodeAsync());
        foreach (var address in new[] { $"/r?t={token}&items[CT1-1].choice=approve&name=Ana&office=Despacho&again=true", $"/r/confirm?t={token}&code={code}", $"/r/delegate?t={token}&name=Eva&office=D&email=eva@example.org" })
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Options, HttpMethod.Put })
            {
                await service.Http.SendAsync(new HttpRequestMessage(method, address), cancel);
            }
            // The token and the code must be in the body.
            Assert.NotEqual(HttpStatusCode.SeeOther, (await service.Http.PostAsync(address, new FormUrlEncodedContent([]), cancel)).StatusCode);
        }
        Assert.Equal(before, await desk.JsonAsync());
    }

    [Fact]
    public async Task A_mail_scanner_that_presses_every_button_confirms_nothing_and_leaves_the_last_code_good()
    {
        var desk = await SentAsync("DT1");
        var token = await desk.TokenAsync();
        await PostAsync(service, token, Answer("DT1-1", "approve"));
        // Each mail with a code makes it come again, until no more codes are sent.
        for (var visit = 0; visit < 14; visit++)
        {
            await PressAllAsync($"/r?t={token}");
        }
        var nota = await desk.NotaAsync();
        Assert.Empty(nota.Confirmations);
        Assert.Null(nota.PendingDelegation);
        Assert.InRange(nota.Prepared.Count, 1, 12);
        Assert.Equal(0, nota.Draft!.WrongCodes);
        Assert.Equal("sent", (await desk.PublicAsync()).GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.SeeOther, (await ConfirmAsync(service, token, await desk.CodeAsync())).StatusCode);
        Assert.Equal("approve", (await desk.PublicAsync()).GetProperty("items")[0].GetProperty("choice").GetString());
    }

    [Fact]
    public async Task Wrong_codes_at_once_are_all_counted_and_new_versions_do_not_give_tries_without_end()
    {
        var desk = await SentAsync("ET1");
        var (token, tries, refused) = (await desk.TokenAsync(), 0, default(HttpResponseMessage));
        for (var version = 0; version < 12 && refused is null; version++)
        {
            var prepared = await PostAsync(service, token, [.. Answer("ET1-1", "not-competent", ("competent", $"MEF {version}")), ("again", "true")]);
            if (prepared.StatusCode == HttpStatusCode.TooManyRequests)
            {
                refused = prepared;
                break;
            }
            var (wrong, right) = (await desk.WrongCodeAsync(), await desk.CodeAsync());
            var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ConfirmAsync(service, token, wrong)));
            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode));
            Assert.Equal(AnswerRules.MostWrongCodes, (await desk.NotaAsync()).Draft!.WrongCodes);
            Assert.Equal(HttpStatusCode.BadRequest, (await ConfirmAsync(service, token, right)).StatusCode);
            tries += AnswerRules.MostWrongCodes;
        }
        Assert.NotNull(refused);
        Assert.InRange(tries, 5, 20);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await DelegateAsync(token, "eva@example.org")).StatusCode);

        // Staff can send it again at once: the tries were those of a link that is dead now.
        Assert.IsType<Acting.Done>(await service.Services.GetRequiredService<ActOnRequest>().ReissueAsync((await desk.NotaAsync()).Id, null, "Enlace divulgado.", Organiser, null, cancel));
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(service, await desk.TokenAsync(), Answer("ET1-1", "approve"))).StatusCode);
    }

    [Fact]
    public async Task A_code_that_was_on_its_way_when_the_nota_was_reissued_touches_nothing()
    {
        var desk = await SentAsync("FT1");
        await PostAsync(service, await desk.TokenAsync(), Answer("FT1-1", "approve"));
        var (seen, wrong, old) = (await desk.ReadAsync(), await desk.WrongCodeAsync(), await desk.CodeAsync());
        await service.Services.GetRequiredService<ActOnRequest>().ReissueAsync(seen.Record.Id, null, "Cambio de titular.", Organiser, null, cancel);
        await PostAsync(service, await desk.TokenAsync(), Answer("FT1-1", "not-competent", ("competent", "MEF")));
        var (before, codes) = (await desk.JsonAsync(), service.Services.GetRequiredService<RequestCodes>());

        foreach (var code in new[] { wrong, old, await desk.CodeAsync() })
        {
            Assert.Equal(Confirming.NothingWaits, await codes.ConfirmAsync(seen, code, cancel));
        }
        Assert.Equal(before, await desk.JsonAsync());
    }

    [Fact]
    public async Task A_delegate_gets_the_nota_and_never_a_code()
    {
        var desk = await SentAsync("GT1");
        var token = await desk.TokenAsync();
        Assert.Equal(HttpStatusCode.SeeOther, (await DelegateAsync(token, "delegada.gt1@example.org")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await ConfirmAsync(service, token, await desk.WrongCodeAsync())).StatusCode);
        Assert.Null((await desk.NotaAsync()).Delegation);
        Assert.Empty(await service.MailsAsync("delegada.gt1@example.org", 0));

        Assert.Equal(HttpStatusCode.SeeOther, (await ConfirmAsync(service, token, await CodeAsync(service, "GT1"))).StatusCode);
        Assert.Single(await service.MailsAsync("delegada.gt1@example.org", 1));
        // The delegate prepares, and names himself the delegate's delegate: both wait for the office.
        await PostAsync(service, token, Answer("GT1-1", "approve"));
        await DelegateAsync(token, "otra.gt1@example.org");
        await CodeAsync(service, "GT1", 3);
        Assert.StartsWith("Nota", Subject(Assert.Single(await service.MailsAsync("delegada.gt1@example.org", 1))), StringComparison.Ordinal);
        Assert.Empty(await service.MailsAsync("otra.gt1@example.org", 0));
        Assert.Empty((await desk.NotaAsync()).Confirmations);
    }

    [Fact]
    public async Task An_office_that_delegates_to_its_own_mailbox_gets_each_mail_once()
    {
        var desk = await SentAsync("HT1");
        var token = await desk.TokenAsync();
        await DelegateAsync(token, MailboxOf("HT1"));
        await ConfirmAsync(service, token, await CodeAsync(service, "HT1"));
        Assert.Equal(MailboxOf("HT1"), (await desk.NotaAsync()).Delegation!.Mailbox);
        var before = (await service.MailsAsync(MailboxOf("HT1"), 3)).Count;
        Assert.IsType<Acting.Done>(await service.Services.GetRequiredService<ActOnRequest>().ExtendAsync((await desk.NotaAsync()).Id, new(2019, 10, 18), "Más tiempo.", Organiser, null, cancel));
        var mails = await service.MailsAsync(MailboxOf("HT1"), before + 1);
        await Task.Delay(300, cancel);
        Assert.Equal(before + 1, (await service.MailsAsync(MailboxOf("HT1"), before + 1)).Count);
        Assert.Single(mails, mail => mail.GetProperty("text").GetString()!.Contains("Más tiempo.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_that_is_more_or_less_than_one_address_is_refused()
    {
        var desk = await SentAsync("IT1");
        var (before, token) = (await desk.JsonAsync(), await desk.TokenAsync());
        string[] addresses =
        [
            "eva@example.org\r\nBcc: x@example.org", "Eva <eva@example.org>", "eva\u0007@example.org", "eva@example.org,otro@example.org", "eva@exam ple.org", "eva",
            $"{new string('e', 250)}@example.org", "",
        ];
        foreach (var address in addresses)
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await DelegateAsync(token, address)).StatusCode);
        }
        Assert.Equal(before, await desk.JsonAsync());
    }

    [Fact]
    public async Task What_is_too_long_is_refused_and_not_cut()
    {
        var desk = await SentAsync("JT1");
        var (before, token) = (await desk.JsonAsync(), await desk.TokenAsync());
        foreach (var (field, length, status) in new[]
        {
            ("name", 121, HttpStatusCode.BadRequest), ("office", 121, HttpStatusCode.BadRequest), ("items[JT1-1].reasons", 100_000, HttpStatusCode.BadRequest),
            ("items[JT1-1].counterproposal", 1_100_000, HttpStatusCode.RequestEntityTooLarge),
        })
        {
            var fields = Answer("JT1-1", "not-viable", ("reasons", "Motivo"), ("counterproposal", "Otra")).Select(pair => pair.Name == field ? (field, new string('ñ', length)) : pair);
            Assert.Equal(status, (await PostAsync(service, token, [.. fields])).StatusCode);
        }
        Assert.Equal(before, await desk.JsonAsync());
    }

    [Fact]
    public async Task Control_characters_do_not_get_into_an_answer()
    {
        var desk = await SentAsync("KT1");
        await PostAsync(service, await desk.TokenAsync(), [.. Answer("KT1-1", "not-viable", ("reasons", "No\u0002 hay\u001b[31m fondos.\r\nNinguno.\u0085"), ("counterproposal", "Un\tpiloto\u0008.")).Where(pair => pair.Name != "name"), ("name", "Ana\u0002 Ríos\u007f")]);
        var answer = await desk.AnswerAsync(1);
        Assert.Equal("Ana Ríos", answer.Name);
        Assert.Equal(["No hay[31m fondos.\nNinguno.", "Un\tpiloto."], answer.Items[0].Texts.Values);
    }

    [Fact]
    public async Task A_link_that_was_replayed_after_a_reissue_or_an_annulment_acts_in_no_way()
    {
        var (desk, staff) = (await SentAsync("LT1"), service.Services.GetRequiredService<ActOnRequest>());
        var old = await desk.TokenAsync();
        await PostAsync(service, old, Answer("LT1-1", "approve"));
        var code = await desk.CodeAsync();
        await staff.ReissueAsync((await desk.NotaAsync()).Id, null, "Cambio de titular.", Organiser, null, cancel);
        var before = await desk.JsonAsync();
        Assert.All(await ActAllWaysAsync(old, "LT1-1", code), status => Assert.Equal(HttpStatusCode.NotFound, status));
        Assert.Equal(before, await desk.JsonAsync());

        var token = await desk.TokenAsync();
        await PostAsync(service, token, Answer("LT1-1", "approve"));
        var last = await desk.CodeAsync();
        await staff.AnnulAsync((await desk.NotaAsync()).Id, "Se envió por error.", Organiser, null, cancel);
        before = await desk.JsonAsync();
        Assert.All(await ActAllWaysAsync(token, "LT1-1", last), status => Assert.Contains(status, new[] { HttpStatusCode.Conflict, HttpStatusCode.BadRequest }));
        Assert.Equal(before, await desk.JsonAsync());
        Assert.Contains("Se envió por error.", await service.Http.GetStringAsync($"/r?t={token}", cancel), StringComparison.Ordinal);
    }

    private async Task<NotaDesk> SentAsync(string institution)
    {
        await SendAsync(service, new(2019, 10, 11), $"{institution}-1: {institution}");
        await LinkAsync(service, institution);
        return new NotaDesk(service, institution);
    }

    private Task<HttpResponseMessage> DelegateAsync(string token, string address) => service.Http.PostAsync(
        "/r/delegate", new FormUrlEncodedContent([new("t", token), new("name", "Eva Paz"), new("office", "Dirección"), new("email", address)]), cancel);

    private async Task<IReadOnlyList<HttpStatusCode>> ActAllWaysAsync(string token, string item, string code) =>
    [
        (await PostAsync(service, token, Answer(item, "not-competent", ("competent", "MEF")))).StatusCode,
        (await ConfirmAsync(service, token, code)).StatusCode,
        (await DelegateAsync(token, "eva@example.org")).StatusCode,
    ];

    /// <summary>Every form of the page as it stands, each button.</summary>
    private async Task PressAllAsync(string address)
    {
        using var document = await BrowsingContext.New().OpenAsync(page => page.Content("").Address("http://localhost/"), cancel);
        document.Body!.InnerHtml = await service.Http.GetStringAsync(address, cancel);
        foreach (var form in document.Forms.Where(form => form.Method == "post"))
        {
            var fields = form.Elements.OfType<IHtmlInputElement>().Where(input => input.Name is not null && (input.Type is not "radio" || input.IsChecked))
                .Select(input => KeyValuePair.Create(input.Name!, input.Value)).ToList();
            await service.Http.PostAsync(form.GetAttribute("action"), new FormUrlEncodedContent(fields), cancel);
        }
    }
}
