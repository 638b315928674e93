using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Imports;
using OpenGov.Functions.Record;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Institutions;

/// <summary>What became of a change that staff asked for.</summary>
public abstract record OfficeChanging
{
    /// <summary>Also where it was so already: the same sent again.</summary>
    public sealed record Done(Institution Institution) : OfficeChanging;
    public sealed record Unknown : OfficeChanging;

    /// <summary>It changed since it was looked at: nothing was done.</summary>
    public sealed record Overtaken : OfficeChanging;

    /// <param name="Field">"from", "name", "title", "mailbox", "secretariat".</param>
    /// <param name="Fault">Names a text.</param>
    public sealed record Invalid(string Field, string Fault) : OfficeChanging;
}

/// <summary>
/// Announced and sudden changes of who holds an office, and of its mailboxes. Open notas follow by an effect of the same
/// transaction.
/// </summary>
public sealed class ChangeOffice(InstitutionStore store, CurrentCycle cycles, Ledger ledger, TimeProvider clock)
{
    public const int LineLength = 120;

    /// <param name="seen">The state that the member of staff looked at (<see cref="SeenOf"/>); null where none is claimed.</param>
    /// <param name="by">The member of staff, for the record.</param>
    public Task<OfficeChanging> AnnounceAsync(string code, LocalDate? from, string? name, string? seen, string by, CancellationToken cancel) =>
        ChangeAsync(code, seen, by, "handover-announced", institution =>
            from is null ? Invalid("from", "FromMissing")
            : IsTooLong(name) ? Invalid("name", "NameTooLong")
            : (OfficeRules.Announce(institution, new Handover(from.Value, Clean(name))), null), cancel);

    public Task<OfficeChanging> WithdrawAsync(string code, string? seen, string by, CancellationToken cancel) =>
        ChangeAsync(code, seen, by, "handover-withdrawn", institution => (OfficeRules.Withdraw(institution), null), cancel);

    /// <param name="mailbox">Null or empty where it stays the same.</param>
    public async Task<OfficeChanging> SucceedAsync(
        string code, string? title, string? name, bool acting, string? mailbox, string? seen, string by, CancellationToken cancel)
    {
        var today = (await cycles.GetAsync(cancel)).DateOf(clock.GetCurrentInstant());
        return await ChangeAsync(code, seen, by, "holder-changed", institution =>
            Clean(title) is not { } office ? Invalid("title", "TitleMissing")
            : IsTooLong(title) ? Invalid("title", "TitleTooLong")
            : IsTooLong(name) ? Invalid("name", "NameTooLong")
            : Clean(mailbox) is { } other && !RowRules.IsMailbox(other) ? Invalid("mailbox", "NoMailbox")
            : (OfficeRules.Succeed(institution, new NewHolder(office, Clean(name), acting), Clean(mailbox) ?? institution.Office.Mailbox, today), null), cancel);
    }

    public Task<OfficeChanging> ReaddressAsync(string code, string? mailbox, string? secretariat, string? seen, string by, CancellationToken cancel) =>
        ChangeAsync(code, seen, by, "mailboxes-corrected", institution =>
            !RowRules.IsMailbox(Clean(mailbox) ?? "") ? Invalid("mailbox", "NoMailbox")
            : !RowRules.IsMailbox(Clean(secretariat) ?? "") ? Invalid("secretariat", "NoMailbox")
            : (OfficeRules.Readdress(institution, Clean(mailbox)!, Clean(secretariat)!), null), cancel);

    /// <summary>What a form remembers of the institution that it shows.</summary>
    public static string SeenOf(Institution institution) => Editing.SeenOf(institution);

    private async Task<OfficeChanging> ChangeAsync(
        string code, string? seen, string by, string what, Func<Institution, (Institution? Changed, OfficeChanging? Fault)> how, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        if (await store.FindStoredAsync(cycle, code, cancel) is not { Record: var institution } stored)
        {
            return new OfficeChanging.Unknown();
        }
        var (changed, fault) = how(institution);
        if (changed is null)
        {
            return fault!;
        }
        if (SeenOf(changed) == SeenOf(institution) || IsDoneAlready(institution, changed, seen))
        {
            return new OfficeChanging.Done(institution);
        }
        if (seen is not null && seen != SeenOf(institution))
        {
            return new OfficeChanging.Overtaken();
        }
        var change = new Change(Tables.Institutions, InstitutionStore.PartitionOf(cycle))
            .Replace(InstitutionStore.RowOf(code), changed, stored.ETag)
            .Record(EventOf(what, changed, by));
        if (OfficeRules.IsMoved(changed, institution))
        {
            change.Then(OfficeChanged.Effect(cycle, code));
        }
        if (await ledger.CommitAsync(change, cancel) == CommitResult.Committed)
        {
            return new OfficeChanging.Done(changed);
        }
        var now = await store.FindAsync(cycle, code, cancel);
        return now is not null && SeenOf(now) == SeenOf(changed) ? new OfficeChanging.Done(now) : new OfficeChanging.Overtaken();
    }

    /// <summary>The same new holder, sent twice: the second finds the first's and would succeed it by itself.</summary>
    private static bool IsDoneAlready(Institution institution, Institution changed, string? seen) =>
        seen is not null && seen != SeenOf(institution) && changed.Office.Term > institution.Office.Term
        && changed.Office with { Term = institution.Office.Term } == institution.Office;

    /// <summary>Names and addresses of people stay out of the record: it says that they changed.</summary>
    private static OfficialEvent EventOf(string what, Institution institution, string by) => OfficialEvent.Of(
        what, institution.Code, new { AuthorityTitle = institution.Office.Title, institution.Office.Acting, institution.Office.Term, AnnouncedFrom = institution.Announced?.From }, by);

    private static (Institution?, OfficeChanging?) Invalid(string field, string fault) => (null, new OfficeChanging.Invalid(field, fault));

    private static bool IsTooLong(string? text) => text is not null && text.EnumerateRunes().Count() > LineLength;

    private static string? Clean(string? text) => new string([.. (text ?? "").Where(symbol => !char.IsControl(symbol))]).Trim() is { Length: > 0 } clean ? clean : null;
}
