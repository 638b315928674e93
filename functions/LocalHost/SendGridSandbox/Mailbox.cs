using System.Collections.Concurrent;
using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Extensions.Hosting;
using OpenGov.LocalHost.Storage;

namespace OpenGov.LocalHost.SendGridSandbox;

internal sealed record Attachment(string Filename, string? Type, string? Content);

internal sealed record SandboxMail(
    string Id, string To, string From, string Subject, string? Text, string? Html, IReadOnlyDictionary<string, string> Headers,
    IReadOnlyList<Attachment> Attachments, IReadOnlyDictionary<string, string> CustomArgs, DateTimeOffset At);

/// <summary>What SendGrid would have sent. Memory is read; the table keeps it for the next start.</summary>
internal sealed class Mailbox(LocalTable table) : IHostedService
{
    private const string Prefix = "mail!";
    private const int CharactersPerProperty = 30_000;
    private readonly ConcurrentDictionary<string, SandboxMail> mails = new();

    public IReadOnlyList<SandboxMail> NewestFirst(string? to) =>
        [.. mails.Values.Where(mail => to is null || string.Equals(mail.To, to, StringComparison.OrdinalIgnoreCase)).OrderByDescending(mail => mail.Id, StringComparer.Ordinal)];

    public SandboxMail? Find(string id) => mails.GetValueOrDefault(id);

    public async Task KeepAsync(SandboxMail mail)
    {
        var json = JsonSerializer.Serialize(mail, JsonSerializerOptions.Web);
        var entity = new TableEntity(LocalTable.Partition, Row(mail.Id));
        foreach (var (part, index) in json.Chunk(CharactersPerProperty).Select((part, index) => (part, index)))
        {
            entity[$"Json{index:D2}"] = new string(part);
        }
        await table.PutAsync(entity);
        mails[mail.Id] = mail;
    }

    public async Task EmptyAsync()
    {
        foreach (var id in mails.Keys)
        {
            await table.DeleteAsync(Row(id));
            mails.TryRemove(id, out _);
        }
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var entity in await table.ListAsync(Prefix, cancellationToken))
        {
            var json = string.Concat(entity.Where(property => property.Key.StartsWith("Json", StringComparison.Ordinal)).OrderBy(property => property.Key, StringComparer.Ordinal).Select(property => property.Value));
            var mail = JsonSerializer.Deserialize<SandboxMail>(json, JsonSerializerOptions.Web)!;
            mails[mail.Id] = mail;
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static string Row(string id) => Prefix + id;
}
