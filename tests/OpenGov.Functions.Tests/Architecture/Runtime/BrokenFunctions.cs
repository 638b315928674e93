#pragma warning disable IDE0060 // Parameters are what these functions are about.
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace OpenGov.Functions.Architecture.Runtime;

/// <summary>Each breaks one rule of the runtime.</summary>
public static class BrokenFunctions
{
    private const string Queue = "effects";

    public static class NoName
    {
        [Function("has a space")]
        public static Task Run([QueueTrigger(Queue)] string message) => Task.CompletedTask;
    }

    public static class NameTwice
    {
        [Function("Same")]
        public static Task Run([QueueTrigger(Queue)] string message) => Task.CompletedTask;

        [Function("same")]
        public static Task RunToo([QueueTrigger(Queue)] string message) => Task.CompletedTask;
    }

    public static class NotPublic
    {
        [Function(nameof(NotPublic))]
        internal static Task Run([QueueTrigger(Queue)] string message) => Task.CompletedTask;
    }

    public static class NoTrigger
    {
        [Function(nameof(NoTrigger))]
        public static Task Run(string message) => Task.CompletedTask;
    }

    public static class TwoTriggers
    {
        [Function(nameof(TwoTriggers))]
        public static Task Run([QueueTrigger(Queue)] string message, [TimerTrigger("0 0 0 * * *")] TimerInfo timer) => Task.CompletedTask;
    }

    public static class OtherRequest
    {
        [Function(nameof(OtherRequest))]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a")] HttpContext http) => Results.Empty;
    }

    public static class OtherResult
    {
        [Function(nameof(OtherResult))]
        public static string Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a")] HttpRequest request) => "";
    }

    public static class OtherMethod
    {
        [Function(nameof(OtherMethod))]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "fetch", Route = "a")] HttpRequest request) => Results.Empty;
    }

    public static class RootRoute
    {
        [Function(nameof(RootRoute))]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "/")] HttpRequest request) => Results.Empty;
    }

    public static class MalformedRoute
    {
        [Function(nameof(MalformedRoute))]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a/{code")] HttpRequest request) => Results.Empty;
    }

    public static class UnknownValue
    {
        [Function(nameof(UnknownValue))]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a/{code}")] HttpRequest request, string kode) => Results.Empty;
    }

    public static class OverlappingRoutes
    {
        [Function("First")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a/{code}")] HttpRequest request, string code) => Results.Empty;

        [Function("Second")]
        public static IResult RunToo([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a/new")] HttpRequest request) => Results.Empty;
    }

    public static class EarlyCatchAll
    {
        [Function("AllElse")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{*rest}")] HttpRequest request) => Results.Empty;

        [Function("Later")]
        public static IResult RunToo([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a")] HttpRequest request) => Results.Empty;
    }

    public static class OtherMessage
    {
        [Function(nameof(OtherMessage))]
        public static Task Run([QueueTrigger(Queue)] byte[] message) => Task.CompletedTask;
    }

    public static class MalformedQueue
    {
        [Function(nameof(MalformedQueue))]
        public static Task Run([QueueTrigger("Effects_of")] string message) => Task.CompletedTask;
    }

    public static class QueueOfNobody
    {
        [Function(nameof(QueueOfNobody))]
        public static Task Run([QueueTrigger("nobodys")] string message) => Task.CompletedTask;
    }

    public static class FiveFields
    {
        [Function(nameof(FiveFields))]
        public static Task Run([TimerTrigger("0 13 * * *")] TimerInfo timer) => Task.CompletedTask;
    }

    public static class NoSuchHour
    {
        [Function(nameof(NoSuchHour))]
        public static Task Run([TimerTrigger("0 0 25 * * *")] TimerInfo timer) => Task.CompletedTask;
    }

    public static class EachStart
    {
        [Function(nameof(EachStart))]
        public static Task Run([TimerTrigger("0 0 13 * * *", RunOnStartup = true)] TimerInfo timer) => Task.CompletedTask;
    }

    public static class NotAwaited
    {
        [Function(nameof(NotAwaited))]
        public static void Run([TimerTrigger("0 0 13 * * *")] TimerInfo timer)
        {
        }
    }

    public static class Unbound
    {
        [Function(nameof(Unbound))]
        public static Task Run([TimerTrigger("0 0 13 * * *")] TimerInfo timer, string message) => Task.CompletedTask;
    }
}
