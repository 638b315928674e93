using OpenTelemetry;
using OpenTelemetry.Logs;

namespace OpenGov.Functions.Telemetry;

/// <summary>
/// What an exception says may quote what somebody typed, or an address with its token. Its type and where it was
/// thrown leave the machine; its words do not.
/// </summary>
internal sealed class WithoutExceptionText : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        if (data.Exception is not { } failure)
        {
            return;
        }
        data.Attributes = [
            .. data.Attributes ?? [],
            new("exception.type", string.Join(" < ", Chain(failure).Select(exception => exception.GetType().FullName))),
            new("exception.stacktrace", string.Join("\n", Chain(failure).Select(exception => exception.StackTrace))),
        ];
        data.Exception = null;
    }

    private static IEnumerable<Exception> Chain(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            yield return failure;
        }
    }
}
