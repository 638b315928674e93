using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Validations;

namespace OpenGov.Functions.Telemetry;

public sealed class PersonalDataTests
{
    private const string Author = "Ximena Quirós";
    private const string Address = "ximena.quiros@example.org";
    private const string Phone = "+507 6123-4567";
    private const string Problem = "Mi vecino Eulalio no puede leer los presupuestos";
    private const string Official = "Baltasar Icaza";
    private const string Reasons = "El convenio con Zacarías lo impide";
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_that_people_wrote_and_no_link_leaves_the_service_with_its_telemetry()
    {
        await using var collector = await Collector.StartAsync();
        List<string> secrets = [Author, "ximena", Phone, Problem, Official, Reasons, StaffSignIn.Organiser, ValidationRound.MailboxOf("MEF"), "SG.development"];
        var service = new TracedService(collector.Settings);
        await service.InitializeAsync();
        await using (service)
        {
            await ProposeAsync(service);
            secrets.Add(await service.SignInTokenAsync(StaffSignIn.Organiser));
            secrets.AddRange(await AnswerAsync(service));
            await FailAsync(service);
            await RefusedAsync(service);
        }

        Assert.Contains(Measures.Names.ProposalsAccepted, collector.Received("metrics"), StringComparison.Ordinal);
        Assert.Contains("process effects", collector.Received("traces"), StringComparison.Ordinal);
        Assert.Contains("exception.type", collector.Received("logs"), StringComparison.Ordinal);
        Assert.All(["traces", "metrics", "logs"], signal =>
            Assert.Equal([], secrets.Where(secret => collector.Received(signal).Contains(secret, StringComparison.OrdinalIgnoreCase))));
    }

    private static async Task ProposeAsync(TestService service)
    {
        var accepted = await service.Http.PostAsJsonAsync("/api/proposals", new
        {
            title = "Presupuestos abiertos",
            problem = Problem,
            consent = true,
            author = new { name = Author, email = Address, phone = Phone },
        }, Cancel);
        Assert.Equal(HttpStatusCode.Created, accepted.StatusCode);
        Assert.Single(await service.MailsAsync(Address, 1));
    }

    private static async Task<string[]> AnswerAsync(TestService service)
    {
        await ValidationRound.SendAsync(service, new(2019, 3, 11), "T-01: MEF");
        var token = await ValidationRound.LinkAsync(service, "MEF");
        (string, string)[] answer =
        [
            ("items[T-01].choice", "not-viable"), ("items[T-01].reasons", Reasons), ("items[T-01].counterproposal", "Otro texto"), ("name", Official), ("office", "Despacho"),
        ];
        Assert.Equal(HttpStatusCode.SeeOther, (await ValidationRound.PostAsync(service, token, answer)).StatusCode);
        var code = await ValidationRound.CodeAsync(service, "MEF");
        Assert.Equal(HttpStatusCode.SeeOther, (await ValidationRound.ConfirmAsync(service, token, code)).StatusCode);
        return [token, $"\"{code}\""];
    }

    /// <summary>Work that cannot be done: what is thrown quotes it.</summary>
    private static async Task FailAsync(TestService service)
    {
        await service.Services.GetRequiredService<StorageClients>().Queue(Queues.Requests)
            .SendMessageAsync(WorkMessage.Of(new { cycle = "2019", kind = "opinion", id = Author }, null), cancellationToken: Cancel);
        await Task.Delay(TimeSpan.FromSeconds(2), Cancel);
    }

    private static async Task RefusedAsync(TestService service)
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await service.Http.PostAsJsonAsync("/api/proposals", new { title = Author }, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await service.Http.GetAsync($"/r?t={Uri.EscapeDataString(Author)}", Cancel)).StatusCode);
    }

    private sealed class TracedService(string[] settings) : TestService("2019-02-22T09:00", settings);
}
