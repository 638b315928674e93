using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OpenGov.Functions.Infrastructure;

/// <summary>A resource, and the template that declares it: the main one or a module's.</summary>
internal sealed record Declared(string Module, JsonObject Template, JsonObject Resource)
{
    public string Type => Resource["type"]!.GetValue<string>();

    public JsonNode Properties => Resource["properties"]!;

    public IReadOnlyList<string> ListOf(string variable) => [.. Template["variables"]![variable]!.AsArray().Select(item => item!.GetValue<string>())];
}

/// <summary>What an environment compiles to, once for all tests.</summary>
internal sealed partial class Compiled
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<Compiled>>> Environments = new();

    private Compiled(JsonObject template, JsonObject parameters) => (Template, Parameters, Resources) = (template, parameters, [.. Flatten("main", template)]);

    public JsonObject Template { get; }

    public JsonObject Parameters { get; }

    public IReadOnlyList<Declared> Resources { get; }

    public static Task<Compiled> OfAsync(string environment) => Environments.GetOrAdd(environment, _ => new(async () =>
    {
        var answer = await Bicep.CompileAsync(Path.Combine(Bicep.Folder, $"main.{environment}.bicepparam"));
        answer.Accept();
        return new Compiled(Read("template"), Read("parameters")["parameters"]!.AsObject());

        JsonObject Read(string part) => JsonNode.Parse(answer.Text(part)!)!.AsObject();
    })).Value;

    public IEnumerable<Declared> Of(string type) => Resources.Where(resource => resource.Type == type);

    /// <summary>Names of modules with what each outputs.</summary>
    public IEnumerable<JsonObject> Templates => Resources.Select(resource => resource.Template).Distinct();

    /// <summary>A list of a template, with the texts that were loaded from files in their places.</summary>
    public static IReadOnlyList<JsonObject> Objects(JsonObject template, string variable) =>
        [.. template["variables"]![variable]!.AsArray().Select(item => new JsonObject(item!.AsObject().Select(entry =>
            KeyValuePair.Create<string, JsonNode?>(entry.Key, entry.Value is JsonValue value && value.GetValueKind() == JsonValueKind.String
                ? Loaded(template, value.GetValue<string>()) : entry.Value?.DeepClone()))))];

    public static string Loaded(JsonObject template, string text) =>
        VariableName().Match(text) is { Success: true } loaded ? template["variables"]![loaded.Groups[1].Value]!.GetValue<string>() : text;

    private static IEnumerable<Declared> Flatten(string module, JsonObject template)
    {
        var resources = template["resources"] is JsonObject named
            ? named.Select(entry => (Name: entry.Key, Resource: entry.Value!.AsObject()))
            : template["resources"]!.AsArray().Select(item => (Name: item!["name"]!.GetValue<string>(), Resource: item.AsObject()));
        foreach (var (name, resource) in resources.Where(declared => declared.Resource["existing"] is null))
        {
            if (resource["type"]!.GetValue<string>() != "Microsoft.Resources/deployments")
            {
                yield return new Declared(module, template, resource);
                continue;
            }
            foreach (var inner in Flatten(name, resource["properties"]!["template"]!.AsObject()))
            {
                yield return inner;
            }
        }
    }

    [GeneratedRegex(@"^\[variables\('([^']+)'\)\]$")]
    private static partial Regex VariableName();
}
