namespace OpenGov.Functions.Notices;

/// <summary>Names the resources of this folder: NoticeTexts.resx (Spanish) and NoticeTexts.en.resx.</summary>
public sealed class NoticeTexts;
