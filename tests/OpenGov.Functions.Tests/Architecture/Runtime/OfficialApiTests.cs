using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace OpenGov.Functions.Architecture.Runtime;

/// <summary>
/// The app is compiled against LocalHost's part of the worker's API. That part is held to official-api.txt, and that
/// list, wherever an Azure build is at hand, to the official packages.
/// </summary>
public sealed class OfficialApiTests
{
    /// <summary>Names the folder to which the Azure build was published.</summary>
    internal const string AzureBuild = "AZURE_BUILD";

    private static readonly Assembly LocalHost = typeof(FunctionAttribute).Assembly;

    private static readonly string[] Official =
        File.ReadAllLines(Path.Combine(Checkout.Root, "tests", "OpenGov.Functions.Tests", "Architecture", "Runtime", "official-api.txt"));

    [Fact]
    public void What_LocalHost_shows_is_what_the_official_packages_show() =>
        Assert.Equal(Official, PublicSurface.Of(LocalHost.GetExportedTypes()));

    [Theory]
    [InlineData(typeof(FunctionAttribute), typeof(OtherConstructor), ".ctor(Int32)")]
    [InlineData(typeof(TimerInfo), typeof(OtherType), "String IsPastDue { get; set; }")]
    [InlineData(typeof(QueueTriggerAttribute), typeof(OtherAccess), "String Connection { get; }")]
    [InlineData(typeof(FunctionContextExtensions), typeof(OtherParameters), "static HttpContext GetHttpContext(String, FunctionContext)")]
    public void A_signature_that_differs_is_seen(Type official, Type other, string shown)
    {
        var surface = PublicSurface.Of([other]).Select(line => line.Replace(other.FullName!, official.FullName, StringComparison.Ordinal)).ToList();

        Assert.Contains($"{official.FullName} {shown}", surface);
        Assert.NotEmpty(surface.Except(Official));
    }

    [Fact]
    public void The_app_names_no_type_of_its_host_but_official_ones()
    {
        using var file = new PEReader(File.OpenRead(typeof(Service).Assembly.Location));
        var metadata = file.GetMetadataReader();
        var named = metadata.TypeReferences.Select(metadata.GetTypeReference)
            .Where(type => type.ResolutionScope.Kind == HandleKind.AssemblyReference
                && metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name) == LocalHost.GetName().Name)
            .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}").ToList();

        Assert.NotEmpty(named);
        Assert.Equal([], named.Where(name => !Official.Any(line => line.StartsWith(name + " ", StringComparison.Ordinal)) && !IsMarker(name)));
    }

    [Fact]
    public void The_list_is_that_of_the_packages_of_the_Azure_build()
    {
        var folder = Environment.GetEnvironmentVariable(AzureBuild);
        Assert.SkipWhen(folder is null, $"{AzureBuild} names no published Azure build.");
        var context = new AssemblyLoadContext("official", isCollectible: true);
        context.Resolving += (_, name) => Path.Combine(folder!, $"{name.Name}.dll") is var path && File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
        var shown = Directory.EnumerateFiles(folder!, "Microsoft.Azure.Functions.Worker*.dll")
            .SelectMany(path => PublicSurface.Of(context.LoadFromAssemblyPath(path).GetExportedTypes())).ToHashSet();

        Assert.Equal([], Official.Where(line => !shown.Contains(line)));
    }

    /// <summary>An interface or a class without members of its own: nothing of it can differ.</summary>
    private static bool IsMarker(string name) => LocalHost.GetType(name) is { } type && !PublicSurface.Of([type]).Any();
}

public sealed class OtherConstructor(int name)
{
    public int Name { get; } = name;
}

public sealed class OtherType
{
    public string IsPastDue { get; set; } = "";
}

public sealed class OtherAccess
{
    public string? Connection { get; }
}

public static class OtherParameters
{
    public static HttpContext? GetHttpContext(string name, FunctionContext context) => name.Length > 0 ? context.GetHttpContext() : null;
}
