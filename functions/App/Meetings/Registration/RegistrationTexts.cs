namespace OpenGov.Functions.Meetings.Registration;

/// <summary>Names the resources of this folder.</summary>
public sealed class RegistrationTexts;
