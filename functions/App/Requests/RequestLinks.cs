using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Requests;

/// <summary>A request's one link, the same in its nota and in every reminder, and the codes that confirm its answers.</summary>
public sealed partial class RequestLinks(Links links, SigningKeys keys, RequestStore store, Site site, TimeProvider clock)
{
    private const uint Codes = 1_000_000;

    /// <summary>A token without six digits in a row: the code must be the only such number in its mail.</summary>
    public string TokenFor(OfficialRequest request)
    {
        for (var issued = request.SentAt.ToDateTimeOffset(); ; issued = issued.AddSeconds(1))
        {
            var token = links.TokenFor(new Link(LinkPurpose.Request, $"{request.Cycle}/{request.Id}", request.Generation, issued, Expires: null));
            if (!SixDigits().IsMatch(token))
            {
                return token;
            }
        }
    }

    public string AddressFor(OfficialRequest request) => site.Address($"/r?t={TokenFor(request)}");

    /// <summary>Null for a token that is forged, of a dead generation, of a nota that waits, or of none.</summary>
    public async Task<Stored<OfficialRequest>?> FindAsync(string? token, CancellationToken cancel)
    {
        var link = links.Read(token, LinkPurpose.Request, clock.GetUtcNow());
        // A forged token takes as long as a dead one: it reads a row as well.
        var (cycle, id) = link?.Subject.Split('/') is [var itsCycle, var itsId] ? (itsCycle, itsId) : ("none", "none");
        var found = await store.FindAsync(cycle, id, cancel);
        return found is not null && found.Record.Generation == link?.Generation && !found.Record.Waits ? found : null;
    }

    /// <summary>Six digits, derived and not stored; each version of an answer has its own.</summary>
    public string CodeFor(OfficialRequest request, int version) => Code(request, $"{version}");

    public string CodeForDelegation(OfficialRequest request, int number) => Code(request, $"d{number}");

    private string Code(OfficialRequest request, string what)
    {
        var bytes = keys.Secret("request-code", $"{request.Cycle}|{request.Id}|{request.Generation}|{what}");
        return (BinaryPrimitives.ReadUInt32BigEndian(bytes) % Codes).ToString("D6", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("[0-9]{6}")]
    private static partial Regex SixDigits();
}
