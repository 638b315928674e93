namespace OpenGov.Functions.Cycles;

/// <summary>Addresses that hold for ever: they name the cycle, since another will have numbers and codes of its own.</summary>
public static class CycleAddress
{
    public const string Field = "cycle";

    /// <param name="path">With or without a query.</param>
    public static string AddressOf(this Cycle cycle, string path) => $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Field}={cycle.Id}";
}
