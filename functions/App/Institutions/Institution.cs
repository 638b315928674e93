namespace OpenGov.Functions.Institutions;

/// <summary>A body of the state that commits itself. What is asked of it is asked of its office, whoever holds it.</summary>
/// <param name="Code">Upper-case letters, digits and '-': "MEF".</param>
/// <param name="SecretariatMailbox">Its Secretaría General, to which what is not answered is elevated.</param>
public sealed record Institution(string Code, string Name, Office Office, string SecretariatMailbox);

/// <param name="Title">"Ministro/a", "Presidente/a", "Director/a General".</param>
/// <param name="Holder">Null where the name is not known: the nota is addressed to the title.</param>
/// <param name="Acting">The holder is an encargado or encargada.</param>
/// <param name="Mailbox">Where notas go, and the code that confirms their answer.</param>
public sealed record Office(string Title, string Mailbox, string? Holder = null, bool Acting = false);
