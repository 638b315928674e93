using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using OpenGov.LocalHost.Http;

namespace OpenGov.LocalHost;

/// <summary>Prints the functions and the addresses to open, as Core Tools does.</summary>
internal static class Announcement
{
    public static void Print(IServiceProvider services, LocalAddress listening, bool service)
    {
        if (service)
        {
            Console.WriteLine($"The service listens at {listening.Heard}.");
            return;
        }
        var address = listening.Own;
        var catalog = services.GetRequiredService<FunctionCatalog>();
        Console.WriteLine("\nFunctions:\n");
        foreach (var (name, methods, path) in services.GetRequiredService<HttpFunctions>().Listed)
        {
            Console.WriteLine($"  {name}: [{methods}] {address}/{path}");
        }
        foreach (var (function, trigger) in catalog.With<QueueTriggerAttribute>())
        {
            Console.WriteLine($"  {function.Name}: queueTrigger {trigger.QueueName}");
        }
        foreach (var (function, trigger) in catalog.With<TimerTriggerAttribute>())
        {
            Console.WriteLine($"  {function.Name}: timerTrigger {trigger.Schedule}");
        }
        Console.WriteLine($"\nOpen {address} and, for mails, clock and queues, {address}/dev\nCtrl-C stops everything.");
    }
}
