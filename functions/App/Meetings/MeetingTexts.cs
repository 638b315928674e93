namespace OpenGov.Functions.Meetings;

/// <summary>Names the resources of this folder.</summary>
public sealed class MeetingTexts;
