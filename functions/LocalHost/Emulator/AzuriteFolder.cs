using System.Diagnostics;
using System.Globalization;

namespace OpenGov.LocalHost.Emulator;

/// <summary>
/// A folder of data that one instance holds: two emulators on one folder would spoil it. The system frees the lock
/// when its holder ends, so an emulator that is still there without one is what a killed instance left behind.
/// </summary>
internal sealed class AzuriteFolder : IDisposable
{
    private static readonly TimeSpan ToEndByItself = TimeSpan.FromSeconds(6);
    private readonly FileStream hold;
    private readonly string pidFile;

    private AzuriteFolder(FileStream hold, string pidFile) => (this.hold, this.pidFile) = (hold, pidFile);

    /// <exception cref="StartException">The folder cannot be used, or a running instance holds it.</exception>
    public static async Task<AzuriteFolder> TakeAsync(string folder, CancellationToken cancel)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"--storage {folder} cannot be used as a folder: name another.");
        }
        var pidFile = Path.Combine(folder, "azurite.pid");
        var taken = new AzuriteFolder(Lock(folder), pidFile);
        await EndLeftoverAsync(pidFile, folder, cancel);
        return taken;
    }

    public Task RecordAsync(int process) => File.WriteAllTextAsync(pidFile, process.ToString(CultureInfo.InvariantCulture));

    public void Dispose()
    {
        File.Delete(pidFile);
        hold.Dispose();
    }

    private static FileStream Lock(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, "instance.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (UnauthorizedAccessException)
        {
            throw new StartException($"--storage {folder} cannot be written: name another folder.");
        }
        catch (IOException)
        {
            throw new StartException($"Another instance is running on the data in {folder}: end it, share it with --join URL, or start with --storage memory.");
        }
    }

    private static async Task EndLeftoverAsync(string pidFile, string folder, CancellationToken cancel)
    {
        if (!File.Exists(pidFile) || !int.TryParse(await File.ReadAllTextAsync(pidFile, cancel), CultureInfo.InvariantCulture, out var id))
        {
            return;
        }
        try
        {
            using var leftover = Process.GetProcessById(id);
            if (!IsOurs(id, folder))
            {
                return;
            }
            Console.WriteLine($"An instance was killed before: waiting for its storage emulator (process {id}) to save and end.");
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            patience.CancelAfter(ToEndByItself);
            await leftover.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancel.ThrowIfCancellationRequested();
            leftover.Kill();
            await leftover.WaitForExitAsync(cancel);
        }
        catch (Exception ended) when (ended is ArgumentException or InvalidOperationException)
        {
            // It is gone.
        }
    }

    /// <summary>Its command line names the emulator and this folder: the number was not given to another process since.</summary>
    private static bool IsOurs(int id, string folder)
    {
        var file = $"/proc/{id}/cmdline";
        if (!File.Exists(file))
        {
            return !OperatingSystem.IsLinux();
        }
        var words = File.ReadAllText(file).Split('\0');
        return words.Contains(folder) && words.Any(word => word.EndsWith("azurite.js", StringComparison.Ordinal));
    }
}
