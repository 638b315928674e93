using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Architecture.Runtime;

/// <summary>What the official runtime would make of the app, found out without it.</summary>
public sealed class RuntimeTests
{
    private static readonly JsonNode HostJson = JsonNode.Parse(File.ReadAllText(Path.Combine(Checkout.Root, "functions", "App", "host.json")))!;

    [Fact]
    public void The_runtime_takes_every_function() =>
        Assert.Equal([], new RuntimeRules(HostJson, Queues.All).Faults(DeclaredFunction.OfTheApp));

    [Fact]
    public void Every_queue_that_is_created_has_its_function() =>
        Assert.Equal(Queues.All.Order(), DeclaredFunction.OfTheApp.Select(function => function.Trigger<QueueTriggerAttribute>()?.QueueName).OfType<string>().Order());

    [Fact]
    public void One_function_answers_what_no_other_does_and_comes_last() =>
        Assert.Equal(
            DeclaredFunction.OfTheApp.Where(function => function.Trigger<HttpTriggerAttribute>() is not null).Select(function => function.Name).Order(StringComparer.Ordinal).Last(),
            Assert.Single(DeclaredFunction.OfTheApp, function => function.Trigger<HttpTriggerAttribute>()?.Route?.StartsWith("{*", StringComparison.Ordinal) == true).Name);

    [Fact]
    public void Every_page_that_is_read_by_GET_answers_HEAD_too() =>
        Assert.All(
            DeclaredFunction.OfTheApp.Select(function => function.Trigger<HttpTriggerAttribute>()?.Methods).OfType<string[]>().Where(methods => methods.Contains("get")),
            methods => Assert.Contains("head", methods));

    [Theory]
    [InlineData(typeof(BrokenFunctions.NoName), "no name of a function")]
    [InlineData(typeof(BrokenFunctions.NameTwice), "the name is given twice")]
    [InlineData(typeof(BrokenFunctions.NotPublic), "only a public method")]
    [InlineData(typeof(BrokenFunctions.NoTrigger), "has 0 triggers")]
    [InlineData(typeof(BrokenFunctions.TwoTriggers), "has 2 triggers")]
    [InlineData(typeof(BrokenFunctions.OtherRequest), "takes HttpRequest")]
    [InlineData(typeof(BrokenFunctions.OtherResult), "returns IResult")]
    [InlineData(typeof(BrokenFunctions.OtherMethod), "no methods: fetch")]
    [InlineData(typeof(BrokenFunctions.RootRoute), "no route: /")]
    [InlineData(typeof(BrokenFunctions.MalformedRoute), "no route: a/{code")]
    [InlineData(typeof(BrokenFunctions.UnknownValue), "kode is no value of the route")]
    [InlineData(typeof(BrokenFunctions.OverlappingRoutes), "match one address")]
    [InlineData(typeof(BrokenFunctions.EarlyCatchAll), "must come last")]
    [InlineData(typeof(BrokenFunctions.OtherMessage), "takes the message's text")]
    [InlineData(typeof(BrokenFunctions.MalformedQueue), "no name of a queue")]
    [InlineData(typeof(BrokenFunctions.QueueOfNobody), "nobody creates the queue")]
    [InlineData(typeof(BrokenFunctions.FiveFields), "no schedule of six fields")]
    [InlineData(typeof(BrokenFunctions.NoSuchHour), "no schedule of six fields")]
    [InlineData(typeof(BrokenFunctions.EachStart), "at each start")]
    [InlineData(typeof(BrokenFunctions.NotAwaited), "would be lost")]
    [InlineData(typeof(BrokenFunctions.Unbound), "nothing is bound to message")]
    public void A_function_that_the_runtime_would_not_take_is_found_out(Type broken, string fault) =>
        Assert.Contains(new RuntimeRules(HostJson, Queues.All).Faults(DeclaredFunction.In(broken)), found => found.Contains(fault, StringComparison.Ordinal));

    [Theory]
    [InlineData("extensions.queues.batchSize", "33")]
    [InlineData("extensions.queues.maxDequeueCount", "0")]
    [InlineData("extensions.queues.maxPollingInterval", "\"00:02:00\"")]
    [InlineData("extensions.queues.visibilityTimeout", "\"ten\"")]
    [InlineData("extensions.http.routePrefix", "\"api\"")]
    [InlineData("version", "\"3.0\"")]
    public void A_host_json_that_the_runtime_or_the_routes_do_not_bear_is_found_out(string path, string value)
    {
        var changed = HostJson.DeepClone();
        var names = path.Split('.');
        var parent = names[..^1].Aggregate(changed, (node, name) => node[name]!);
        parent[names[^1]] = JsonNode.Parse(value);

        Assert.Single(new RuntimeRules(changed, Queues.All).Faults(DeclaredFunction.OfTheApp));
    }

    [Fact]
    public void The_metadata_that_the_official_SDK_wrote_are_those_derived_from_the_attributes()
    {
        var folder = Environment.GetEnvironmentVariable(OfficialApiTests.AzureBuild);
        Assert.SkipWhen(folder is null, $"{OfficialApiTests.AzureBuild} names no published Azure build.");
        var written = JsonNode.Parse(File.ReadAllText(Path.Combine(folder!, "functions.metadata")))!.AsArray();

        Assert.Equal(Sorted(DeclaredFunction.OfTheApp.Select(JsonNode (function) => function.Metadata())), Sorted(written!));
    }

    private static IEnumerable<string> Sorted(IEnumerable<JsonNode> functions) => functions.Select(Ordered).Order(StringComparer.Ordinal);

    /// <summary>Whatever the order of its properties.</summary>
    private static string Ordered(JsonNode? node) => node switch
    {
        JsonObject fields => $"{{{string.Join(",", fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}:{Ordered(field.Value)}"))}}}",
        JsonArray items => $"[{string.Join(",", items.Select(Ordered))}]",
        _ => node?.ToJsonString() ?? "null",
    };
}
