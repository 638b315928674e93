using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Requests;

/// <summary>Prepares an answer. It rests on the token alone: the page it comes from sends no Origin.</summary>
public sealed class AnswerRequest(RequestLinks links, RequestAnswers answers, RequestPages pages, RequestKinds kinds, IStringLocalizer<RequestTexts> texts)
{
    private const int LargestBody = 1024 * 1024;

    [Function(nameof(AnswerRequest))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "r")] HttpRequest request, CancellationToken cancel)
    {
        if (await Body.ReadFormAsync(request, LargestBody, cancel) is not { } sent)
        {
            return Page.Error(Body.StatusWithoutForm(request));
        }
        var token = sent["t"].ToString();
        if (await links.FindAsync(token, cancel) is not { } stored)
        {
            return RequestPages.UnknownLink(sent);
        }
        var form = new AnswerForm(sent.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()));
        if (await pages.ShowEndedAsync(stored.Record, token, form, cancel) is { } ended)
        {
            return ended;
        }
        var (items, errors) = form.Read(stored.Record, kinds.Of(stored.Record), texts);
        return errors.Count > 0
            ? await pages.ShowErrorsAsync(stored.Record, token, form, errors, cancel)
            : await PrepareAsync(request.HttpContext.Response, stored, token, form, items, cancel);
    }

    private async Task<IResult> PrepareAsync(
        HttpResponse response, Stored<OfficialRequest> stored, string token, AnswerForm form, IReadOnlyList<ItemAnswer> items, CancellationToken cancel)
    {
        int? seen = int.TryParse(form["seen"], NumberStyles.None, CultureInfo.InvariantCulture, out var versions) ? versions : null;
        switch (await answers.PrepareAsync(stored, items, AnswerForm.Line(form[AnswerForm.Name]), AnswerForm.Line(form[AnswerForm.Office]), seen, again: form["again"] == "true", cancel))
        {
            case Preparing.Prepared:
                return Page.See(response, $"/r?t={token}");
            case Preparing.NotAccepted(var window):
                return await pages.ShowProblemAsync(stored.Record, token, form, $"Problem-{window}", StatusCodes.Status409Conflict, cancel);
            case Preparing.TooMany:
                response.Headers.RetryAfter = "3600";
                return await pages.ShowProblemAsync(stored.Record, token, form, "Problem-TooMany", StatusCodes.Status429TooManyRequests, cancel);
            default:
                var current = (await links.FindAsync(token, cancel))?.Record ?? stored.Record;
                return await pages.ShowProblemAsync(current, token, form, "Problem-Overtaken", StatusCodes.Status409Conflict, cancel);
        }
    }
}
