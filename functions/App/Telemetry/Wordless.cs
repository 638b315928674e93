namespace OpenGov.Functions.Telemetry;

/// <summary>
/// What an exception says may quote what somebody typed, or an address with its token. Its types, and where it was
/// thrown, may leave the machine; its words may not.
/// </summary>
internal static class Wordless
{
    public static string Types(Exception failure) => string.Join(" < ", Chain(failure).Select(exception => exception.GetType().FullName));

    public static string Stack(Exception failure) => string.Join("\n", Chain(failure).Select(exception => exception.StackTrace));

    private static IEnumerable<Exception> Chain(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            yield return failure;
        }
    }
}

/// <summary>Stands for an exception towards the runtime, which logs what it is given.</summary>
public sealed class WorkFailedException(string types) : Exception(types);
