using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using OpenGov.Functions.Architecture;

namespace OpenGov.Functions.Infrastructure;

/// <summary>What the compiler makes of a file, and what it and its linter say of it.</summary>
internal sealed record BicepAnswer(JsonObject Result)
{
    public string? Text(string name) => Result[name]?.GetValue<string>();

    /// <summary>The compiler ends well on warnings, and a wrong type is but a warning: whatever it says is a refusal.</summary>
    public void Accept()
    {
        Assert.Equal("[]", Result["diagnostics"]!.ToJsonString());
        Assert.True(Result["success"]!.GetValue<bool>());
    }
}

/// <summary>The compiler of infra, from its package. One process answers all tests: to start it costs more than to ask it.</summary>
internal static class Bicep
{
    private static readonly Lazy<Process> Compiler = new(Start);
    private static readonly SemaphoreSlim Turn = new(1);
    private static int asked;

    /// <summary>What azd and who runs it supply.</summary>
    private static readonly Dictionary<string, string> Environment = new()
    {
        ["AZURE_ENV_NAME"] = "test",
        ["AZURE_LOCATION"] = "eastus2",
        ["AZURE_PRINCIPAL_ID"] = "00000000-0000-0000-0000-000000000001",
        ["PIPELINE_PRINCIPAL_ID"] = "00000000-0000-0000-0000-000000000002",
        ["ALERT_EMAIL"] = "team@example.org",
        ["EMAIL_FROM"] = "Open government <open@example.org>",
        ["EMAIL_REPLY_TO"] = "open@example.org",
        ["STAFF_ADDRESSES"] = "organiser@example.org=organiser",
        ["SENDGRID_WEBHOOK_PUBLIC_KEY"] = "a public key",
    };

    public static string Folder { get; } = Path.Combine(Checkout.Root, "infra");

    /// <summary>All that is written in Bicep. The emulator's packages are somebody else's.</summary>
    public static IEnumerable<string> Files { get; } =
        [.. Directory.EnumerateFiles(Folder).Concat(Directory.EnumerateFiles(Path.Combine(Folder, "modules"))).Where(file => Path.GetExtension(file) is ".bicep" or ".bicepparam")];

    public static Task<BicepAnswer> CompileAsync(string file) => file.EndsWith("param", StringComparison.Ordinal)
        ? AskAsync("bicep/compileParams", new JsonObject { ["path"] = file, ["parameterOverrides"] = new JsonObject() })
        : AskAsync("bicep/compile", new JsonObject { ["path"] = file });

    public static async Task<string> FormatAsync(string file) => (await AskAsync("bicep/format", new JsonObject { ["path"] = file })).Text("contents")!;

    private static async Task<BicepAnswer> AskAsync(string method, JsonObject parameters)
    {
        await Turn.WaitAsync();
        try
        {
            var (stdin, stdout) = (Compiler.Value.StandardInput.BaseStream, Compiler.Value.StandardOutput.BaseStream);
            var question = Encoding.UTF8.GetBytes(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = ++asked, ["method"] = method, ["params"] = parameters }.ToJsonString());
            await stdin.WriteAsync(Encoding.ASCII.GetBytes($"Content-Length: {question.Length}\r\n\r\n"));
            await stdin.WriteAsync(question);
            await stdin.FlushAsync();
            var answer = new byte[await LengthAsync(stdout)];
            await stdout.ReadExactlyAsync(answer);
            return JsonNode.Parse(answer)!["result"] is JsonObject result ? new BicepAnswer(result) : throw new InvalidOperationException(Encoding.UTF8.GetString(answer));
        }
        finally
        {
            Turn.Release();
        }
    }

    /// <summary>From the header, which ends with an empty line.</summary>
    private static async Task<int> LengthAsync(Stream stdout)
    {
        var header = new StringBuilder();
        var one = new byte[1];
        while (!header.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stdout.ReadExactlyAsync(one);
            header.Append((char)one[0]);
        }
        const string Name = "Content-Length: ";
        var line = header.ToString().Split("\r\n").Single(line => line.StartsWith(Name, StringComparison.Ordinal));
        return int.Parse(line[Name.Length..], CultureInfo.InvariantCulture);
    }

    /// <summary>It ends by itself when this process does, and with it the pipe that it reads.</summary>
    private static Process Start()
    {
        var path = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Bicep").Value!;
        if (!OperatingSystem.IsWindows() && !File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute))
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute);
        }
        var start = new ProcessStartInfo(path, ["jsonrpc", "--stdio"]) { WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }
        return Process.Start(start)!;
    }
}
