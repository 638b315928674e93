using Microsoft.AspNetCore.Mvc;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Web;

/// <summary>Errors of the JSON API: RFC 9457 documents with a stable code.</summary>
public static class Problems
{
    /// <param name="errors">Per field, where input is at fault.</param>
    /// <param name="more">Further members, such as the call's window.</param>
    public static IResult Of(
        int status, string code, string title,
        IDictionary<string, string[]>? errors = null, IDictionary<string, object?>? more = null)
    {
        var problem = new ProblemDetails { Status = status, Title = title, Type = $"urn:opengov:{code}" };
        problem.Extensions["code"] = code;
        if (errors is not null)
        {
            problem.Extensions["errors"] = errors;
        }
        foreach (var (name, value) in more ?? new Dictionary<string, object?>())
        {
            problem.Extensions[name] = value;
        }
        return Results.Json(problem, Json.Options, "application/problem+json", status);
    }

    public static IResult RetryLater(HttpResponse response, int status, string code, string title, int seconds)
    {
        response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Of(status, code, title);
    }
}
