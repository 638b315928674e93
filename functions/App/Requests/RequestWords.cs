using Microsoft.Extensions.Localization;

namespace OpenGov.Functions.Requests;

public static class RequestWords
{
    /// <summary>"Ministra Ana Pérez (encargada), Ministerio de Salud": the title alone where the holder is not known.</summary>
    public static string Addressee(OfficialRequest request, IStringLocalizer<RequestTexts> texts)
    {
        var office = request.Office;
        var holder = office.Holder is { } name ? $"{name}, {office.Title}{(office.Acting ? $" ({texts["Acting"]})" : "")}" : office.Title;
        return $"{holder}, {request.InstitutionName}";
    }
}
