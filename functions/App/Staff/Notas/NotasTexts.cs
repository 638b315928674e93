namespace OpenGov.Functions.Staff.Notas;

/// <summary>Names the resources of this folder: Spanish alone, as all of the console.</summary>
public sealed class NotasTexts;
