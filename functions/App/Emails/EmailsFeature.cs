namespace OpenGov.Functions.Emails;

public static class EmailsFeature
{
    public static IServiceCollection AddEmails(this IServiceCollection services) => services;
}
