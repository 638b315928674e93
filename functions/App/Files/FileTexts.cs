namespace OpenGov.Functions.Files;

/// <summary>Names the resources of this folder: what is wrong with a file, "Fault-…" for each <see cref="ScanFault"/>.</summary>
public sealed class FileTexts;
