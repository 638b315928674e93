namespace OpenGov.Functions.Requests;

public static class RequestsFeature
{
    public static IServiceCollection AddRequests(this IServiceCollection services) => services;
}
