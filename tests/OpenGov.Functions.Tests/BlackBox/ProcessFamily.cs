using System.Diagnostics;
using System.Globalization;

namespace OpenGov.Functions.BlackBox;

/// <summary>A command and all that it starts, also what begins a session of its own: they inherit a mark.</summary>
public sealed class ProcessFamily
{
    private const string Mark = "OPENGOV_TEST_RUN";
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);
    private readonly string mark = $"{Mark}={Guid.NewGuid():N}";

    /// <summary>Starts the command as the leader of a session, and so of a process group.</summary>
    public Process Start(string folder, params string[] command)
    {
        // A shell lets its background jobs ignore Ctrl-C, and they hand that down.
        var start = new ProcessStartInfo("setsid", ["env", "--default-signal=INT", .. command])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment[Mark] = mark[(Mark.Length + 1)..];
        return Process.Start(start)!;
    }

    /// <summary>The command lines of those that run.</summary>
    public IReadOnlyDictionary<int, string> Alive() => Directory.EnumerateDirectories("/proc")
        .Where(folder => int.TryParse(Path.GetFileName(folder), out _) && Read(Path.Combine(folder, "environ")).Split('\0').Contains(mark))
        .ToDictionary(folder => int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture), folder => Read(Path.Combine(folder, "cmdline")).Replace('\0', ' '));

    public async Task<bool> EndsWithinAsync(TimeSpan time)
    {
        for (var waited = Stopwatch.StartNew(); Alive().Count > 0; await Task.Delay(BetweenLooks))
        {
            if (waited.Elapsed > time)
            {
                return false;
            }
        }
        return true;
    }

    public async Task KillAsync(TimeSpan patience)
    {
        foreach (var signal in new[] { "TERM", "KILL" })
        {
            foreach (var id in Alive().Keys)
            {
                Signal(signal, id);
            }
            if (await EndsWithinAsync(patience))
            {
                return;
            }
        }
    }

    /// <param name="id">Of a process, or negative of a group.</param>
    public static void Signal(string name, int id)
    {
        using var kill = Process.Start("kill", [$"-{name}", "--", id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
