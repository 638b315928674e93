namespace OpenGov.Functions.Storage;

/// <summary>A setting that is missing or malformed; its message is the one line that stops the start.</summary>
public sealed class InvalidSettingException(string setting, string problem)
    : Exception($"Setting {setting} {problem}.");
