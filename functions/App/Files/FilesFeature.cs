namespace OpenGov.Functions.Files;

public static class FilesFeature
{
    public static IServiceCollection AddFiles(this IServiceCollection services) => services.AddSingleton<FileStore>();
}
