using NodaTime;
using OpenGov.Functions.Imports;

namespace OpenGov.Functions.Institutions;

/// <summary>A body of the state that commits itself. What is asked of it is asked of its office, whoever holds it.</summary>
/// <param name="Code">Upper-case letters, digits and '-': "MEF".</param>
/// <param name="SecretariatMailbox">Its Secretaría General, to which what is not answered is elevated.</param>
public sealed record Institution(string Code, string Name, Office Office, string SecretariatMailbox)
{
    /// <summary>A change of holder that is to come: until it is recorded, notas wait. Null where none is announced.</summary>
    public Handover? Announced { get; init; }

    /// <summary>Who held the office before, in order.</summary>
    public IReadOnlyList<PastHolder> Past { get; init; } = [];
}

/// <param name="Title">"Ministro/a", "Presidente/a", "Director/a General".</param>
/// <param name="Holder">Null where the name is not known: the nota is addressed to the title.</param>
/// <param name="Acting">The holder is an encargado or encargada.</param>
/// <param name="Mailbox">Where notas go, and the code that confirms their answer.</param>
/// <param name="Term">Raised with each change of holder, also where neither name is known.</param>
public sealed record Office(string Title, string Mailbox, string? Holder = null, bool Acting = false, int Term = 0);

/// <param name="From">The day from which the new holder is in office.</param>
/// <param name="Name">Null where it is not known yet.</param>
public sealed record Handover(LocalDate From, string? Name = null);

public sealed record PastHolder(string Title, string? Name, bool Acting, LocalDate Until);

/// <summary>Who is in office after a change.</summary>
public sealed record NewHolder(string Title, string? Name, bool Acting);

/// <summary>What can happen to an office. Each gives the institution as it is then.</summary>
public static class OfficeRules
{
    public static Institution Announce(Institution institution, Handover handover) => institution with { Announced = handover };

    public static Institution Withdraw(Institution institution) => institution with { Announced = null };

    public static Institution Succeed(Institution institution, NewHolder holder, string mailbox, LocalDate today)
    {
        var before = institution.Office;
        return institution with
        {
            Announced = null,
            Past = [.. institution.Past, new PastHolder(before.Title, before.Holder, before.Acting, today)],
            Office = new Office(holder.Title, mailbox, holder.Name, holder.Acting, before.Term + 1),
        };
    }

    /// <summary>The same holder at other mailboxes.</summary>
    public static Institution Readdress(Institution institution, string mailbox, string secretariatMailbox) =>
        institution with { Office = institution.Office with { Mailbox = mailbox }, SecretariatMailbox = secretariatMailbox };

    /// <summary>A row of an import says who holds the office, and nothing of announcements.</summary>
    public static Institution Import(Institution row, Institution before, LocalDate today)
    {
        var kept = row with { Announced = before.Announced, Past = before.Past, Office = row.Office with { Term = before.Office.Term } };
        // A name where none was known says who holds the office already.
        var isTheSame = (row.Office.Holder, row.Office.Acting) == (before.Office.Holder, before.Office.Acting)
            || (before.Office.Holder is null && before.Announced is null && (row.Office.Title, row.Office.Acting, row.Office.Mailbox) == (before.Office.Title, before.Office.Acting, before.Office.Mailbox));
        return isTheSame ? kept
            : Succeed(kept with { Office = before.Office }, new NewHolder(row.Office.Title, row.Office.Holder, row.Office.Acting), row.Office.Mailbox, today);
    }

    /// <summary>What notas that are open do when it is stored so.</summary>
    public static OfficeMove MoveOf(Institution now, Institution before) =>
        now.Office.Term != before.Office.Term ? OfficeMove.Holder : now.Office.Mailbox != before.Office.Mailbox ? OfficeMove.Mailbox : OfficeMove.None;

    /// <summary>Something that notas must follow.</summary>
    public static bool IsMoved(Institution now, Institution? before) => before is not null
        && ((now.Office.Term, now.Office.Mailbox, now.SecretariatMailbox) != (before.Office.Term, before.Office.Mailbox, before.SecretariatMailbox)
            || (now.Announced is null) != (before.Announced is null));
}
