using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Web;

/// <summary>Where the site is reached. Scheme and host of links come from here, never from a request.</summary>
public sealed class Site
{
    public Site(IConfiguration configuration)
    {
        var setting = configuration["Site:BaseUrl"] ?? throw new InvalidSettingException("Site__BaseUrl", "is missing");
        BaseUrl = Uri.TryCreate(setting, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new InvalidSettingException("Site__BaseUrl", "is not an http or https address");
    }

    public Uri BaseUrl { get; }

    public string Origin => BaseUrl.GetLeftPart(UriPartial.Authority);

    public bool IsSecure => BaseUrl.Scheme == "https";

    public string Address(string path) => new Uri(BaseUrl, path).ToString();
}
