namespace OpenGov.Functions.Staff.Mails;

/// <summary>Names the resources of this folder: MailsTexts.resx.</summary>
public sealed class MailsTexts;
