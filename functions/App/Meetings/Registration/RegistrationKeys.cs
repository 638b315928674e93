using OpenGov.Functions.Cycles;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Meetings.Registration;

/// <summary>Keys from which codes are derived: the same mailbox, or the same form, meets the same row.</summary>
public sealed class RegistrationKeys(SigningKeys keys)
{
    /// <summary>Of the mailbox; of the form where there is none.</summary>
    public string KeyOf(Cycle cycle, string meeting, string? mailbox, string form) =>
        Fingerprint("registration-key", $"{cycle.Id}|{meeting}|{(mailbox is null ? form : $"mail|{mailbox.ToUpperInvariant()}")}");

    public string FormOf(string form) => Fingerprint("registration-form", form);

    /// <param name="attempt">Raised where the code is another key's by chance.</param>
    public string CodeFor(string key, int attempt) => ProposalCode.From(keys.Fingerprint("registration-code", $"{attempt}|{key}"));

    private string Fingerprint(string purpose, string text) => Convert.ToHexStringLower(keys.Fingerprint(purpose, text))[..32];
}
