namespace OpenGov.Functions.Staff.Agenda;

/// <summary>Names the resources of this folder.</summary>
public sealed class AgendaTexts;
