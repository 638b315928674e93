namespace OpenGov.Functions.Imports;

public static class ImportsFeature
{
    public static IServiceCollection AddImports(this IServiceCollection services) => services
        .AddSingleton<ImportMessages>()
        .AddSingleton<ImportWriter>()
        .AddSingleton<ImportRun>();
}
