namespace OpenGov.Functions.Requests;

/// <summary>Names the resources of this folder.</summary>
public sealed class RequestTexts;
