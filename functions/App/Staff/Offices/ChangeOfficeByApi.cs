using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Offices;

/// <summary>The same changes as JSON: announce (from, name), withdraw, holder (title, name, acting, mailbox), mailbox (mailbox, secretariat).</summary>
public sealed class ChangeOfficeByApi(StaffGate gate, OfficeDesk desk, IStringLocalizer<OfficeTexts> texts)
{
    [Function(nameof(ChangeOfficeByApi))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/staff/institutions/{code}/{act}")] HttpRequest request, string code, string act, CancellationToken cancel)
    {
        var admission = await gate.RequireAsync(request, StaffRole.Organiser, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        if (!ContentType.IsJson(request))
        {
            return Problems.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", texts["SendJson"]);
        }
        if (await Body.ReadAsync(request, BodyLimits.Public, cancel) is not { } body)
        {
            return Problems.Of(StatusCodes.Status413PayloadTooLarge, "too-large", texts["TooLarge", BodyLimits.Public / 1024]);
        }
        if (Read(body) is not { } typed)
        {
            return Invalid("body", texts["Malformed"]);
        }
        if (desk.ChangeAsync(code, typed with { Act = act }, admission.Actor, cancel) is not { } changing)
        {
            return NotFound();
        }
        return await changing switch
        {
            OfficeChanging.Done(var institution) => Results.Json(institution, Json.Options),
            OfficeChanging.Unknown => NotFound(),
            OfficeChanging.Invalid(var field, var fault) => Invalid(field, texts[$"Fault-{fault}", ChangeOffice.LineLength]),
            _ => Problems.Of(StatusCodes.Status409Conflict, "overtaken", texts["OvertakenTitle"]),
        };
    }

    private IResult NotFound() => Problems.Of(StatusCodes.Status404NotFound, "not-found", texts["NotFound"]);

    private IResult Invalid(string field, string message) => Problems.Of(
        StatusCodes.Status400BadRequest, "invalid", texts["CheckTitle"], new Dictionary<string, string[]> { [field] = [message] });

    private static TypedChange? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<TypedChange>(body, Json.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
