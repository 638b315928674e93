namespace OpenGov.Functions.Validations;

public static class ValidationsFeature
{
    public static IServiceCollection AddValidations(this IServiceCollection services) => services;
}
