namespace OpenGov.Functions.Staff.Notas;

/// <summary>Names the resources of what touches many at once, in BulkTexts.resx.</summary>
public sealed class BulkTexts;
