using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Proposals.Moderation;

namespace OpenGov.Functions.Proposals;

public sealed class ModerationTests(TestService service) : IClassFixture<TestService>
{
    private const string Actor = "secretary-00000000";

    [Fact]
    public async Task A_hidden_proposal_says_that_it_was_withdrawn_and_why_and_its_text_is_nowhere_in_public_until_it_is_shown_again()
    {
        var code = await SendAsync("Vendo lotes baratos ocultables", "rosa@example.org");

        await DoAsync(code, ModerationAction.Hide, "Es publicidad.");

        var page = await PageAsync($"/proposals/{code}");
        Assert.Contains("Esta propuesta se retiró de la vista", page, StringComparison.Ordinal);
        Assert.Contains("Razón: Es publicidad.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("ocultables", page, StringComparison.Ordinal);
        var shown = await ApiAsync(code);
        Assert.Equal(("hidden", "Es publicidad."), (shown.GetProperty("status").GetString(), shown.GetProperty("reason").GetString()));
        Assert.DoesNotContain("ocultables", shown.GetRawText(), StringComparison.Ordinal);
        foreach (var address in new[] { "/proposals?q=ocultables", $"/proposals?q={code}", "/api/proposals?q=ocultables", "/api/proposals?status=hidden", "/" })
        {
            Assert.DoesNotContain("lotes baratos", await PageAsync(address), StringComparison.Ordinal);
        }
        Assert.Single(await service.MailsAsync("rosa@example.org", 2), mail => Text(mail).Contains("> Es publicidad.", StringComparison.Ordinal));

        await DoAsync(code, ModerationAction.Show, "Se revisó: no lo es.");

        Assert.Contains("ocultables", await PageAsync($"/proposals/{code}"), StringComparison.Ordinal);
        Assert.Contains(code, await PageAsync("/api/proposals?q=ocultables"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_codes_of_merged_proposals_keep_working_and_both_authors_are_told_once()
    {
        var (first, second) = (await SendAsync("Aceras de Santiago", "primera@example.org"), await SendAsync("Aceras para Santiago", "segunda@example.org"));

        await DoAsync(second, ModerationAction.Merge, "Piden lo mismo.", first);

        var shown = await ApiAsync(second);
        Assert.Equal(("merged", first), (shown.GetProperty("status").GetString(), shown.GetProperty("mergedInto").GetString()));
        Assert.Contains($"href=\"/proposals/{first}\"", await PageAsync($"/proposals/{second}"), StringComparison.Ordinal);
        Assert.Equal("received", (await ApiAsync(first)).GetProperty("status").GetString());
        var list = await PageAsync("/api/proposals?q=santiago");
        Assert.Contains(first, list, StringComparison.Ordinal);
        Assert.DoesNotContain(second, list, StringComparison.Ordinal);
        Assert.Contains(second, await PageAsync("/api/proposals?status=merged"), StringComparison.Ordinal);
        Assert.Single(await service.MailsAsync("segunda@example.org", 2), mail => Text(mail).Contains($"la propuesta {first}", StringComparison.Ordinal));
        Assert.Single(await service.MailsAsync("primera@example.org", 2), mail => Text(mail).Contains($"La propuesta {second}", StringComparison.Ordinal));

        await DoAsync(second, ModerationAction.Unmerge, "Se leyó mal.");

        Assert.Equal("received", (await ApiAsync(second)).GetProperty("status").GetString());
        Assert.Equal(3, (await service.MailsAsync("primera@example.org", 3)).Count);
        Assert.Equal(3, (await service.MailsAsync("segunda@example.org", 3)).Count);
        Assert.Equal(["merged", "unmerged"], (await FindAsync(second)).Steps.Select(step => step.What));
    }

    [Fact]
    public async Task A_chain_of_mergings_leads_to_the_one_that_stands_and_never_in_a_ring()
    {
        var (a, b, c) = (await SendAsync("Cadena uno"), await SendAsync("Cadena dos"), await SendAsync("Cadena tres"));
        await DoAsync(a, ModerationAction.Merge, "Igual.", b);
        await DoAsync(b, ModerationAction.Merge, "Igual.", c);

        Assert.Equal(c, (await ApiAsync(a)).GetProperty("mergedInto").GetString());
        Assert.Equal("MergeRing", (await RunAsync(c, ModerationAction.Merge, "Igual.", a) as Moderated.Refused)?.Text);
        Assert.Equal("MergeItself", (await RunAsync(c, ModerationAction.Merge, "Igual.", c) as Moderated.Refused)?.Text);
        Assert.Equal("MergeUnknown", (await RunAsync(c, ModerationAction.Merge, "Igual.", "000000000") as Moderated.Refused)?.Text);
        Assert.Equal("AlreadyMerged", (await RunAsync(a, ModerationAction.Merge, "Igual.", c) as Moderated.Refused)?.Text);
        var d = await SendAsync("Cadena cuatro");
        await DoAsync(d, ModerationAction.Merge, "Igual.", a);
        Assert.Equal(c, (await FindAsync(d)).Merged!.Into);
    }

    [Fact]
    public async Task Two_who_merge_two_proposals_into_each_other_at_once_leave_no_ring()
    {
        var (a, b) = (await SendAsync("Anillo uno"), await SendAsync("Anillo dos"));
        await Task.WhenAll(RunAsync(a, ModerationAction.Merge, "Igual.", b), RunAsync(b, ModerationAction.Merge, "Igual.", a));

        var (one, other) = (await FindAsync(a), await FindAsync(b));
        Assert.False(one.Merged is not null && other.Merged is not null);
    }

    [Fact]
    public async Task A_ring_that_a_crash_left_still_has_one_that_stands()
    {
        var proposals = new Dictionary<string, Proposal> { ["A"] = Ringed("A", "B"), ["B"] = Ringed("B", "A") };
        Task<Proposal?> Find(string code) => Task.FromResult<Proposal?>(proposals[code]);

        Assert.Equal("A", (await MergeChain.EndAsync(proposals["A"], Find)).Code);
        Assert.Equal("A", (await MergeChain.EndAsync(proposals["B"], Find)).Code);
    }

    [Fact]
    public async Task Who_acts_on_what_another_has_changed_meanwhile_is_told_and_nothing_happens()
    {
        var code = await SendAsync("Cambio a la vez");
        var asRead = await VersionAsync(code);

        var both = await Task.WhenAll(RunAsync(code, ModerationAction.Hide, "Una."), RunAsync(code, ModerationAction.Hide, "Otra.", asRead: asRead));

        Assert.Single(both, result => result is Moderated.Done);
        Assert.Single((await FindAsync(code)).Steps);
        Assert.IsType<Moderated.ChangedMeanwhile>(await RunAsync(code, ModerationAction.Show, "Tarde.", asRead: asRead));
    }

    [Fact]
    public async Task A_step_needs_a_reason() =>
        Assert.Equal("ReasonMissing", (await RunAsync(await SendAsync("Sin razón"), ModerationAction.Hide, " \n") as Moderated.Refused)?.Text);

    private static Proposal Ringed(string code, string into) => new(
        code, "c", new ProposalContent("t", "p", null, null, null, "portal", new Author(null, null, null, null, null, false)), new Consent("1", default), "es", default, false, "f")
    {
        Merged = new Merging(into, "r", default),
    };

    private ModerateProposal Moderation => service.Services.GetRequiredService<ModerateProposal>();

    private async Task DoAsync(string code, ModerationAction action, string reason, string? into = null) =>
        Assert.IsType<Moderated.Done>(await RunAsync(code, action, reason, into));

    private async Task<Moderated> RunAsync(string code, ModerationAction action, string reason, string? into = null, string? asRead = null) =>
        await Moderation.RunAsync(code, new ModerationRequest(action, reason, into, asRead ?? await VersionAsync(code)), Actor, CancellationToken.None);

    private async Task<string> VersionAsync(string code) => (await Store.FindStoredAsync(await CycleAsync(), code, CancellationToken.None))!.ETag.ToString();

    private async Task<Proposal> FindAsync(string code) => (await Store.FindAsync(await CycleAsync(), code, CancellationToken.None))!;

    private ProposalStore Store => service.Services.GetRequiredService<ProposalStore>();

    private ValueTask<Cycle> CycleAsync() => service.Services.GetRequiredService<CurrentCycle>().GetAsync(CancellationToken.None);

    private static string Text(JsonElement mail) => string.Join(' ', mail.GetProperty("text").GetString()!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private async Task<string> PageAsync(string path) => WebUtility.HtmlDecode(await service.Http.GetStringAsync(path));

    private Task<JsonElement> ApiAsync(string code) => service.Http.GetFromJsonAsync<JsonElement>($"/api/proposals/{code}");

    private async Task<string> SendAsync(string title, string? email = null)
    {
        var answer = await service.Http.PostAsJsonAsync("/api/proposals", new { title, problem = $"{title}: nadie responde.", consent = true, author = new { email } });
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()!;
    }
}
