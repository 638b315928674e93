namespace OpenGov.Functions.Requests.Letters;

public static class LettersFeature
{
    public static IServiceCollection AddLetters(this IServiceCollection services) => services.AddSingleton<ComposeLetter>();
}
