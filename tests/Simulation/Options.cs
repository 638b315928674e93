using System.Globalization;

namespace OpenGov.Simulation;

/// <param name="Seed">Decides who does what.</param>
/// <param name="Until">The number of the activity after which the site is left running.</param>
/// <param name="Proposals">A CSV file with the columns title and description; null where they are generated.</param>
/// <param name="Instances">How many share the storage, and the requests.</param>
/// <param name="Report">Where the report is written.</param>
public sealed record Options(int Seed, int? Until, string? Proposals, int Count, int Port, int Instances, string Report)
{
    public const string Usage = "--seed N, --until ACTIVITY, --proposals FILE, --count N, --port N, --instances N, --report FILE";

    /// <exception cref="FormatException">A flag is unknown, or lacks its value.</exception>
    public static Options Read(string[] args)
    {
        var options = new Options(2019, null, null, 1000, 0, 1, Path.Combine("tests", "results", "simulation.html"));
        if (args.Length % 2 > 0)
        {
            throw new FormatException(Usage);
        }
        foreach (var pair in args.Chunk(2))
        {
            int Number() => int.Parse(pair[1], NumberStyles.None, CultureInfo.InvariantCulture);
            options = pair[0] switch
            {
                "--seed" => options with { Seed = Number() },
                "--until" => options with { Until = Number() },
                "--proposals" => options with { Proposals = pair[1] },
                "--count" => options with { Count = Number() },
                "--port" => options with { Port = Number() },
                "--instances" when Number() > 0 => options with { Instances = Number() },
                "--report" => options with { Report = pair[1] },
                _ => throw new FormatException(Usage),
            };
        }
        return options;
    }
}
