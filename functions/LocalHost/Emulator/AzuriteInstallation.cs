using System.ComponentModel;
using System.Diagnostics;

namespace OpenGov.LocalHost.Emulator;

/// <summary>The emulator that infra/azurite pins, installed on first need.</summary>
internal static class AzuriteInstallation
{
    private const int LeastNode = 20;

    /// <summary>The script to start.</summary>
    public static async Task<string> EnsureAsync(string checkout, CancellationToken cancel)
    {
        var folder = Path.Combine(checkout, "infra", "azurite");
        var script = Path.Combine(folder, "node_modules", "azurite", "dist", "src", "azurite.js");
        var installed = Path.Combine(folder, "node_modules", ".package-lock.json");
        await RequireNodeAsync(cancel);
        if (File.Exists(installed) && File.Exists(script))
        {
            return script;
        }
        await using var turn = await TakeTurnAsync(Path.Combine(folder, ".installing"), cancel);
        if (!File.Exists(installed) || !File.Exists(script))
        {
            Console.WriteLine("Installing the storage emulator (once)…");
            var (exit, output) = await RunAsync("npm", ["ci", "--no-audit", "--no-fund"], folder, cancel);
            if (exit != 0)
            {
                var reason = output.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase))?.Trim();
                throw new StartException($"The storage emulator cannot be installed: run 'npm ci' in infra/azurite to see why ({reason}).");
            }
        }
        return script;
    }

    private static async Task RequireNodeAsync(CancellationToken cancel)
    {
        var (exit, output) = await RunAsync("node", ["--version"], Path.GetTempPath(), cancel);
        if (exit != 0 || !int.TryParse(output.Trim().TrimStart('v').Split('.')[0], out var version) || version < LeastNode)
        {
            throw new StartException($"Node.js {LeastNode} or newer is needed for the storage emulator: install it, or name a storage account in AzureWebJobsStorage.");
        }
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
        }
    }

    private static async Task<(int Exit, string Output)> RunAsync(string command, string[] arguments, string folder, CancellationToken cancel)
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
            return (-1, "");
        }
    }
}
