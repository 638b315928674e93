namespace OpenGov.Functions.Staff;

/// <summary>What the sign-in page says above its form.</summary>
public enum SignInState { Fresh, AddressMissing, Asked, LinkRefused }
