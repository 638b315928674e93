using OpenGov.Functions.Emails;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Subscriptions;

public static class SubscriptionsFeature
{
    public static IServiceCollection AddSubscriptions(this IServiceCollection services) => services
        .AddSingleton<SubscriptionStore>()
        .AddSingleton<SubscriptionLinks>()
        .AddSingleton<ChangeSubscription>()
        .AddSingleton<IEffectHandler, AskContact>()
        .AddSingleton<SubscriberAudience>()
        .AddSingleton<IActivityAudience>(services => services.GetRequiredService<SubscriberAudience>())
        .AddSingleton<IAudience>(services => services.GetRequiredService<SubscriberAudience>())
        .AddSingleton<IMailWriter, OptInMail>();
}
