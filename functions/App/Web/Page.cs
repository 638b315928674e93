using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace OpenGov.Functions.Web;

/// <summary>Answers with a Razor component as a page.</summary>
public static class Page
{
    public static IResult Of<TComponent>(object parameters, int status = StatusCodes.Status200OK) where TComponent : IComponent =>
        new RazorComponentResult<TComponent>(parameters) { StatusCode = status, PreventStreamingRendering = true };

    public static IResult Of<TComponent>(int status = StatusCodes.Status200OK) where TComponent : IComponent =>
        new RazorComponentResult<TComponent> { StatusCode = status, PreventStreamingRendering = true };

    /// <summary>The page for an error that has a status and no more to say.</summary>
    public static IResult Error(int status) => Of<ErrorPage>(new { Status = status }, status);

    /// <summary>After a POST: the browser GETs <paramref name="path"/>, and a reload sends nothing again.</summary>
    public static IResult See(HttpResponse response, string path)
    {
        response.Headers.Location = path;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
