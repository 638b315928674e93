namespace OpenGov.Functions.Staff.Review;

/// <summary>Names the resources of this folder.</summary>
public sealed class ReviewTexts;
