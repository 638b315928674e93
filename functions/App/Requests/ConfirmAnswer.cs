using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Requests;

/// <summary>Makes a prepared answer, or a delegation, effective with the code that went to the office's mailbox.</summary>
public sealed class ConfirmAnswer(RequestLinks links, RequestCodes codes, RequestPages pages)
{
    [Function(nameof(ConfirmAnswer))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "r/confirm")] HttpRequest request, CancellationToken cancel)
    {
        if (await Body.ReadFormAsync(request, BodyLimits.Public, cancel) is not { } sent)
        {
            return Page.Error(Body.StatusWithoutForm(request));
        }
        var token = sent["t"].ToString();
        if (await links.FindAsync(token, cancel) is not { } stored)
        {
            return RequestPages.UnknownLink(sent);
        }
        var outcome = await codes.ConfirmAsync(stored, sent["code"].ToString(), cancel);
        return outcome == Confirming.Confirmed
            ? Page.See(request.HttpContext.Response, $"/r?t={token}")
            : await pages.ShowCodeProblemAsync((await links.FindAsync(token, cancel))?.Record ?? stored.Record, token, $"Code-{outcome}", cancel);
    }
}
