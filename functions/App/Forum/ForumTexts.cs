namespace OpenGov.Functions.Forum;

/// <summary>Names the resources of this folder.</summary>
public sealed class ForumTexts;
