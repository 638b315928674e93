using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Institutions;

public static class InstitutionsFeature
{
    public static IServiceCollection AddInstitutions(this IServiceCollection services) => services
        .AddSingleton<InstitutionStore>()
        .AddSingleton<ISeed, InstitutionSeed>()
        .AddSingleton<ChangeOffice>()
        .AddSingleton<ImportInstitutions>();
}
