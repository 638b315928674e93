namespace OpenGov.Functions.Emails;

/// <summary>Names the resources of this folder.</summary>
public sealed class MailTexts;
