using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace OpenGov.LocalHost.Emulator;

/// <summary>The emulator that infra/azurite pins, installed on first need.</summary>
internal static class AzuriteInstallation
{
    private const int LeastNode = 20;
    private const string WayOut = "install it, or name a storage account in AzureWebJobsStorage.";

    /// <summary>The script to start.</summary>
    /// <exception cref="StartException">Node.js is missing or old, or npm fails.</exception>
    public static async Task<string> EnsureAsync(string checkout, CancellationToken cancel)
    {
        var folder = Path.Combine(checkout, "infra", "azurite");
        if (!File.Exists(Path.Combine(folder, "package.json")))
        {
            throw new StartException($"{folder} is missing: start in the checkout, or name a storage account in AzureWebJobsStorage.");
        }
        await RequireNodeAsync(cancel);
        if (!IsInstalled(folder))
        {
            await using var turn = await TakeTurnAsync(Path.Combine(folder, ".installing"), cancel);
            if (!IsInstalled(folder))
            {
                await InstallAsync(folder, cancel);
            }
        }
        return Script(folder);
    }

    internal static string LastError(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.Contains("complete log of this run", StringComparison.Ordinal)).ToArray();
        return lines.FirstOrDefault(line => line.Contains("reason:", StringComparison.Ordinal))
            ?? lines.LastOrDefault(line => line.StartsWith("npm err", StringComparison.OrdinalIgnoreCase))
            ?? lines.LastOrDefault() ?? "npm said nothing";
    }

    private static async Task InstallAsync(string folder, CancellationToken cancel)
    {
        Console.WriteLine("Installing the storage emulator (once)…");
        var (exit, output) = await RunAsync(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--no-audit", "--no-fund", "--prefer-offline"], folder, cancel)
            ?? throw new StartException($"npm is missing; it comes with Node.js {LeastNode} or newer, which the storage emulator needs: {WayOut}");
        if (exit != 0)
        {
            throw new StartException($"The storage emulator cannot be installed: see that npm reaches its registry, then run 'npm ci' in {folder} and start again ({LastError(output)}).");
        }
    }

    private static async Task RequireNodeAsync(CancellationToken cancel)
    {
        var found = await RunAsync("node", ["--version"], Path.GetTempPath(), cancel);
        var version = found?.Output.Trim() ?? "";
        if (!int.TryParse(version.TrimStart('v').Split('.')[0], CultureInfo.InvariantCulture, out var major) || major < LeastNode)
        {
            throw new StartException($"Node.js {LeastNode} or newer is needed for the storage emulator{(version.Length is > 0 and < 30 ? $" (found {version})" : "")}: {WayOut}");
        }
    }

    private static string Script(string folder) => Path.Combine(folder, "node_modules", "azurite", "dist", "src", "azurite.js");

    private static bool IsInstalled(string folder)
    {
        var modules = Path.Combine(folder, "node_modules");
        // npm writes the first of these when all else is there.
        return File.Exists(Path.Combine(modules, ".package-lock.json")) && File.Exists(Script(folder))
            && Text(Path.Combine(modules, "azurite", "package.json"), "version") == Text(Path.Combine(folder, "package.json"), "dependencies", "azurite");
    }

    private static string? Text(string file, params string[] path)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        return path.Aggregate(json.RootElement, (element, name) => element.GetProperty(name)).GetString();
    }

    private static async Task<FileStream> TakeTurnAsync(string file, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException)
            {
                await Task.Delay(200, cancel);
            }
            catch (UnauthorizedAccessException)
            {
                throw new StartException($"The storage emulator is not installed, and {Path.GetDirectoryName(file)} cannot be written: run 'npm ci' there.");
            }
        }
    }

    private static async Task<(int Exit, string Output)?> RunAsync(string command, string[] arguments, string folder, CancellationToken cancel)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = process.StandardError.ReadToEndAsync(cancel);
            var output = await process.StandardOutput.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            return (process.ExitCode, output + await errors);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
