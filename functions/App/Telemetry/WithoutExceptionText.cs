using OpenTelemetry;
using OpenTelemetry.Logs;

namespace OpenGov.Functions.Telemetry;

/// <summary>For what libraries log with an exception.</summary>
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
            new("exception.type", Wordless.Types(failure)),
            new("exception.stacktrace", Wordless.Stack(failure)),
        ];
        data.Exception = null;
    }
}
