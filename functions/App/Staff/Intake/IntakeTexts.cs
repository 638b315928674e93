namespace OpenGov.Functions.Staff.Intake;

/// <summary>Names the resources of this folder: Spanish alone, as all of the console.</summary>
public sealed class IntakeTexts;
