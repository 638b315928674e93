using NodaTime;

namespace OpenGov.Functions.Requests.Letters;

/// <summary>What differs from nota to nota; each is a field of the merge template and a column of its data.</summary>
public enum LetterField
{
    Number, Code, Date, Treatment, Name, Office, Institution, Salutation, Subject, Opening,
    /// <summary>All that is asked, as running text.</summary>
    Items,
    Deadline,
    /// <summary>How the link is used, and what follows of silence: an answer that binds is confirmed.</summary>
    HowLink, Address, Public,
    /// <summary>The boxes to tick and the room to write, as running text.</summary>
    Slip,
}

/// <summary>A nota as it is printed and signed, in words.</summary>
/// <param name="Values">One for each <see cref="LetterField"/>; empty where the holder's name is not known.</param>
public sealed record Letter(string Id, LocalDate Date, IReadOnlyDictionary<LetterField, string> Values, IReadOnlyList<LetterItem> Items)
{
    public string this[LetterField field] => Values[field];
}

/// <param name="Heading">"C-01 · Presupuesto abierto".</param>
/// <param name="Choices">How it may be answered.</param>
public sealed record LetterItem(string Heading, string Text, IReadOnlyList<(string Label, string Value)> Facts, IReadOnlyList<LetterChoice> Choices);

/// <param name="Hint">Null where there is none.</param>
public sealed record LetterChoice(string Label, string? Hint, IReadOnlyList<LetterRoom> Rooms);

/// <param name="Notes">What to heed, in brackets; empty where there is nothing.</param>
/// <param name="Lines">As many as are ruled to be written on.</param>
public sealed record LetterRoom(string Label, string Notes, int Lines);

/// <param name="Name">As on the letterhead.</param>
/// <param name="Plan">The plan that the letters are about.</param>
/// <param name="ReplyTo">Where a scan of a signed answer may be sent.</param>
public sealed record LetterSender(string Name, string Plan, string ReplyTo);
