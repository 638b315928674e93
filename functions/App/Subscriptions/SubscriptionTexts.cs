namespace OpenGov.Functions.Subscriptions;

/// <summary>Names the resources of this folder.</summary>
public sealed class SubscriptionTexts;
