using System.Text.Json;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Plans;

/// <summary>Activity 15: everybody who took part hears that the plan is out; one mail for each mailbox.</summary>
public sealed class TellEverybody(LaunchAudience audience, CurrentCycle cycles, Ledger ledger) : IEffectHandler
{
    private const string EffectKind = "tell-everybody";
    private const int MailsPerTransaction = 90;

    public string Kind => EffectKind;

    internal static Effect EffectOf(Cycle cycle) => Effect.Of(EffectKind, $"{EffectKind}!{cycle.Id}", new Launched(cycle.Id));

    public async Task<EffectOutcome> HandleAsync(Effect effect, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        foreach (var some in (await audience.ReadAsync(cycle, cancel)).Chunk(MailsPerTransaction))
        {
            await ledger.CommitAsync(
                new Change(Tables.Plans, $"{PlanStore.PartitionOf(cycle)}!launch").Then(some.Select(person => MailEffect.Send(
                    $"launch!{cycle.Id}!{Editing.SeenOf(person.Mailbox.ToUpperInvariant())}", LaunchMail.Name, person.Mailbox, person.Language, new Launched(cycle.Id)))), cancel);
        }
        return EffectOutcome.Done;
    }

    internal sealed record Launched(string Cycle);
}

public sealed class LaunchMail(Site site, CurrentCycle cycles, IStringLocalizer<PlanTexts> texts) : IMailWriter
{
    public const string Name = "plan-launched";

    public string Template => Name;

    public async Task<MailContent?> WriteAsync(JsonElement model, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        return new MailContent(texts["LaunchSubject"],
        [
            new MailPart.Heading(texts["LaunchTitle"]),
            new MailPart.Paragraph(texts["LaunchText", cycle.Name]),
            new MailPart.Button(texts["LaunchSee"], site.Address(PlanAddress.Of(cycle))),
            new MailPart.Small(texts["LaunchWhy"]),
        ]);
    }
}
