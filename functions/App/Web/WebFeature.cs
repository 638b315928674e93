using System.Text.Encodings.Web;
using System.Text.Unicode;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Web;

public static class WebFeature
{
    public static IServiceCollection AddWeb(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddRazorComponents();
        return services
            .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All))
            .AddSingleton<Assets>()
            .AddCheckedAtStart<Site>()
            .AddCheckedAtStart<SigningKeys>()
            .AddSingleton<Links>();
    }
}
