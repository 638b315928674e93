using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff;

/// <summary>A form that came after its sender's session had ended, to be sent again.</summary>
/// <param name="Address">Where it goes.</param>
/// <param name="IsMultipart">As it came: written in another way it may be larger.</param>
/// <param name="Files">Names of the files that came with it: no page can hold them.</param>
public sealed record SessionEnded(string Address, bool IsMultipart, IReadOnlyList<(string Name, string Value)> Fields, IReadOnlyList<string> Files)
{
    /// <summary>Nobody who is signed in sends it: files are not read without end.</summary>
    private const int LongestKept = BodyLimits.Import;

    /// <summary>401 with all that was typed, or without it where it is too large to be given back.</summary>
    public static async Task<IResult> AnswerAsync(HttpRequest request, int limit, CancellationToken cancel)
    {
        var form = await Body.ReadFormAsync(request, Math.Min(limit, LongestKept), cancel);
        var ended = form is null ? null : new SessionEnded(
            request.Path + request.QueryString, request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true,
            [.. form.SelectMany(field => field.Value.Select(value => (field.Key, value ?? "")))], [.. form.Files.Where(file => file.Length > 0).Select(file => Path.GetFileName(file.FileName))]);
        return Page.Of<SessionEndedPage>(new { Form = ended }, StatusCodes.Status401Unauthorized);
    }
}
