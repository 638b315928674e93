using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Validations;
using static OpenGov.Functions.Validations.ValidationRound;

namespace OpenGov.Functions.Requests;

/// <summary>
/// One nota in the running service: offices, strangers with old links and staff act at random, often two at once, and
/// after each act the public list is read.
/// </summary>
public sealed class NotaHistoryOnTheWebTests(OctoberService service) : IClassFixture<OctoberService>
{
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;
    private readonly List<string> history = [];
    private readonly List<string> tokens = [];
    private readonly List<string> codes = [];
    private List<string> told = [];
    private int confirmed;
    private DateTime now;

    [Fact]
    public async Task No_answer_is_lost_no_dead_link_acts_and_silence_never_approves()
    {
        const int seed = 2019;
        const string institution = "WA1";
        await SendAsync(service, new(2019, 10, 11), $"{institution}-1: {institution}");
        await LinkAsync(service, institution);
        now = service.Services.GetRequiredService<TimeProvider>().GetCurrentInstant().InZone(NotaHistory.Cycle.Zone).ToDateTimeUnspecified();
        var (desk, random) = (new NotaDesk(service, institution), new Random(seed));
        for (var step = 0; step < 60; step++)
        {
            try
            {
                var nota = await desk.NotaAsync();
                Remember(desk, nota);
                await ActAsync(desk, nota, $"{institution}-1", random);
                await CheckAsync(desk);
            }
            catch (Exception failed)
            {
                throw new InvalidOperationException($"With seed {seed}, after:\n{string.Join('\n', history)}", failed);
            }
        }
        // What was tried did happen, or the history proves little.
        var end = await desk.NotaAsync();
        Assert.True(end.Confirmations.Count >= 2 && end.Generation >= 2 && end.Prepared.Count >= 5, string.Join('\n', history));
    }

    private async Task ActAsync(NotaDesk desk, OfficialRequest nota, string item, Random random)
    {
        var (token, old) = (tokens[^1], tokens.Count > 1 ? tokens[random.Next(tokens.Count - 1)] : "none");
        switch (random.Next(14))
        {
            case 0 or 1 or 2:
                Tell("prepare", await PostAsync(service, token, AnswerTo(item, random)));
                break;
            case 3 or 4 when nota.Draft is { WrongCodes: < AnswerRules.MostWrongCodes }:
                await ConfirmOnceAsync(nota, token, 1 + random.Next(2));
                break;
            case 5:
                Tell("wrong code", await ConfirmAsync(service, token, await desk.WrongCodeAsync()));
                break;
            case 6:
                await UnchangedAsync(desk, async () =>
                {
                    Tell("dead link, answer", await PostAsync(service, old, AnswerTo(item, random)), HttpStatusCode.NotFound);
                    Tell("dead link, code", await ConfirmAsync(service, old, codes.Count == 0 ? "123456" : codes[^1]), HttpStatusCode.NotFound);
                });
                break;
            case 7 when codes.Count > 1:
                await OldCodeAsync(desk, nota, token, codes[random.Next(codes.Count - 1)]);
                break;
            case 8:
                await RaceAsync(desk, token, item, random);
                break;
            case 9:
                await PaperAsync(nota, item, random);
                break;
            case 10:
                await StaffAsync("extend", nota, staff => staff.ExtendAsync(nota.Id, nota.Due.PlusDays(random.Next(-1, 4)), "Más tiempo.", Organiser, nota.Revision, cancel), atOnce: random.Next(2) == 0);
                break;
            case 11:
                await StaffAsync("reissue", nota, staff => staff.ReissueAsync(nota.Id, null, $"Cambio {history.Count}.", Organiser, nota.Revision, cancel), atOnce: random.Next(2) == 0);
                break;
            default:
                now = random.Next(4) == 0 ? now.Date.AddDays(1).AddHours(9) : now.AddMinutes(40);
                await service.AdvanceToAsync(now.ToString("s", CultureInfo.InvariantCulture));
                history.Add($"it is {now:s}");
                break;
        }
    }

    /// <summary>The right code, perhaps twice at once: one answer takes effect, or the rules say no.</summary>
    private async Task ConfirmOnceAsync(OfficialRequest nota, string token, int times)
    {
        var code = service.Services.GetRequiredService<RequestLinks>().CodeFor(nota, nota.Draft!.Version);
        var answers = await Task.WhenAll(Enumerable.Range(0, times).Select(_ => ConfirmAsync(service, token, code)));
        answers.ToList().ForEach(answer => Tell("right code", answer));
        Assert.Single(answers.Select(answer => answer.StatusCode).Distinct());
        confirmed += answers[0].StatusCode == HttpStatusCode.SeeOther ? 1 : 0;
    }

    private async Task OldCodeAsync(NotaDesk desk, OfficialRequest nota, string token, string code)
    {
        Tell("old code", await ConfirmAsync(service, token, code));
        Assert.Equal(nota.Confirmations.Count, (await desk.NotaAsync()).Confirmations.Count);
    }

    /// <summary>Two different answers from the same page, and the code of what waits, all at once.</summary>
    private async Task RaceAsync(NotaDesk desk, string token, string item, Random random)
    {
        var nota = await desk.NotaAsync();
        var seen = ("seen", nota.Prepared.Count.ToString(CultureInfo.InvariantCulture));
        var code = nota.Draft is { } draft ? service.Services.GetRequiredService<RequestLinks>().CodeFor(nota, draft.Version) : "000000";
        var (one, other) = (PostAsync(service, token, [.. AnswerTo(item, random), seen]), PostAsync(service, token, [.. AnswerTo(item, random), seen]));
        var confirm = ConfirmAsync(service, token, code);
        await Task.WhenAll(one, other, confirm);
        Tell("race: answer", await one);
        Tell("race: answer", await other);
        Tell("race: code", await confirm);
        var after = await desk.NotaAsync();
        Assert.Equal(new[] { await one, await other }.Count(answer => answer.StatusCode == HttpStatusCode.SeeOther), after.Prepared.Count - nota.Prepared.Count);
        Assert.InRange(after.Prepared.Count - nota.Prepared.Count, 0, 1);
        confirmed += (await confirm).StatusCode == HttpStatusCode.SeeOther ? 1 : 0;
    }

    private async Task PaperAsync(OfficialRequest nota, string item, Random random)
    {
        var received = LocalDate.FromDateTime(now).PlusDays(-random.Next(4));
        var paper = new PaperAnswer(
            [new ItemAnswer(item, "approve", new Dictionary<string, string>())], $"Titular {history.Count}", "Despacho",
            new PaperSource(received, random.Next(2) == 0 ? null : received, $"{history.Count:x64}", Organiser));
        var desk = service.Services.GetRequiredService<RecordPaper>();
        // The same paper from two desks at once is one answer.
        var both = await Task.WhenAll(desk.RecordAsync(nota.Id, paper, null, cancel), desk.RecordAsync(nota.Id, paper, null, cancel));
        history.Add($"paper of {received}: {both[0].GetType().Name}");
        Assert.Equal(both[0].GetType(), both[1].GetType());
        confirmed += both[0] is Acting.Done ? 1 : 0;
    }

    /// <summary>Perhaps two of the staff at once, who saw the same: one of them acts.</summary>
    private async Task StaffAsync(string what, OfficialRequest nota, Func<ActOnRequest, Task<Acting>> act, bool atOnce)
    {
        var staff = service.Services.GetRequiredService<ActOnRequest>();
        var results = await Task.WhenAll(Enumerable.Range(0, atOnce ? 2 : 1).Select(_ => act(staff)));
        history.Add($"{what}: {string.Join(", ", results.Select(result => result.GetType().Name))}");
        var acts = (await service.Services.GetRequiredService<RequestStore>().FindAsync(nota.Cycle, nota.Id, cancel))!.Record.Acts.Count;
        Assert.InRange(acts - nota.Acts.Count, 0, 1);
    }

    private static async Task UnchangedAsync(NotaDesk desk, Func<Task> act)
    {
        var before = await desk.JsonAsync();
        await act();
        Assert.Equal(before, await desk.JsonAsync());
    }

    private async Task CheckAsync(NotaDesk desk)
    {
        var (shown, nota) = (await desk.PublicAsync(), await desk.NotaAsync());
        var answers = shown.GetProperty("answers").EnumerateArray().Select(answer => $"{answer.GetProperty("version")} {answer.GetProperty("hash")} {answer.GetProperty("late")}").ToList();
        Assert.Equal(told, answers.Take(told.Count));
        Assert.Equal(confirmed, answers.Count);
        Assert.Equal(confirmed > 0, shown.GetProperty("state").GetString() == "confirmed");
        Assert.Equal(confirmed > 0 ? 1 : 0, shown.GetProperty("answers").EnumerateArray().Count(answer => answer.GetProperty("stands").GetBoolean()));
        Assert.Equal(confirmed > 0, shown.GetProperty("items")[0].TryGetProperty("choice", out _));
        foreach (var confirmation in nota.Confirmations)
        {
            Assert.Equal(confirmation.Hash, (await desk.AnswerAsync(confirmation.Version)).Hash());
        }
        told = answers;
    }

    private void Remember(NotaDesk desk, OfficialRequest nota)
    {
        if (desk.Links.TokenFor(nota) is var token && !tokens.Contains(token))
        {
            tokens.Add(token);
        }
        if (nota.Draft is { } draft && desk.Links.CodeFor(nota, draft.Version) is var code && !codes.Contains(code))
        {
            codes.Add(code);
        }
    }

    private void Tell(string what, HttpResponseMessage answer, HttpStatusCode? expected = null)
    {
        history.Add($"{what}: {(int)answer.StatusCode}");
        Assert.True((int)answer.StatusCode < 500);
        Assert.Equal(expected ?? answer.StatusCode, answer.StatusCode);
    }

    private static (string, string)[] AnswerTo(string item, Random random) => random.Next(2) == 0
        ? Answer(item, "not-competent", ("competent", $"Institución {random.Next(1_000_000)}"))
        : Answer(item, "not-viable", ("reasons", $"Motivo {random.Next(1_000_000)}"), ("counterproposal", "Un piloto."));
}
