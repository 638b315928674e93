using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Requests;

/// <summary>One institution's nota as it is stored and as the public sees it, with the links and codes that its mails carry.</summary>
public sealed class NotaDesk(TestService service, string institution)
{
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    public RequestLinks Links => service.Services.GetRequiredService<RequestLinks>();

    public async Task<Stored<OfficialRequest>> ReadAsync()
    {
        var cycle = await service.Services.GetRequiredService<CurrentCycle>().GetAsync(cancel);
        var store = service.Services.GetRequiredService<RequestStore>();
        var id = (await store.ListAsync(cycle.Id, cancel)).Last(answered => answered.Request.Institution == institution).Request.Id;
        return (await store.FindAsync(cycle.Id, id, cancel))!;
    }

    public async Task<OfficialRequest> NotaAsync() => (await ReadAsync()).Record;

    public async Task<string> JsonAsync() => JsonSerializer.Serialize(await NotaAsync(), Json.Options);

    public async Task<string> TokenAsync() => Links.TokenFor(await NotaAsync());

    public async Task<string> CodeAsync() => await NotaAsync() is { Draft: { } draft } nota ? Links.CodeFor(nota, draft.Version) : throw new InvalidOperationException("No code waits.");

    public async Task<string> WrongCodeAsync()
    {
        var nota = await NotaAsync();
        string[] right = [nota.Draft is { } draft ? Links.CodeFor(nota, draft.Version) : "", nota.PendingDelegation is { } asked ? Links.CodeForDelegation(nota, asked.Asked.Number) : ""];
        return new[] { "111111", "222222", "333333" }.First(code => !right.Contains(code));
    }

    public async Task<RequestAnswer> AnswerAsync(int version) =>
        (await service.Services.GetRequiredService<RequestStore>().FindAnswerAsync((await NotaAsync()).Cycle, (await NotaAsync()).Id, version, cancel))!;

    public async Task<JsonElement> PublicAsync() =>
        (await service.Http.GetFromJsonAsync<JsonElement>("/api/requests", cancel)).GetProperty("items").EnumerateArray()
            .Last(nota => nota.GetProperty("institution").GetString() == institution);
}
