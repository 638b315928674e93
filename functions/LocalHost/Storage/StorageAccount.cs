using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace OpenGov.LocalHost.Storage;

/// <summary>The account that AzureWebJobsStorage names, by a connection string or by identity.</summary>
internal sealed class StorageAccount
{
    public const string Setting = "AzureWebJobsStorage";

    /// <exception cref="StartException">The setting is missing or malformed.</exception>
    public StorageAccount(IConfiguration configuration)
    {
        var section = configuration.GetSection(Setting);
        ConnectionString = section.Value is { Length: > 0 } text ? text : null;
        try
        {
            if (ConnectionString is not null)
            {
                (Tables, Queues) = (new(ConnectionString, Patient(new TableClientOptions())), new(ConnectionString, Patient(new QueueClientOptions())));
                return;
            }
            var account = section["accountName"] ?? throw new StartException($"Setting {Setting} is missing: a connection string, or {Setting}__accountName.");
            var credential = new ManagedIdentityCredential(section["clientId"] is { } client ? ManagedIdentityId.FromUserAssignedClientId(client) : ManagedIdentityId.SystemAssigned);
            Tables = new(new Uri($"https://{account}.table.core.windows.net"), credential, Patient(new TableClientOptions()));
            Queues = new(new Uri($"https://{account}.queue.core.windows.net"), credential, Patient(new QueueClientOptions()));
        }
        catch (Exception malformed) when (malformed is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new StartException($"Setting {Setting} is not a storage connection string.");
        }
    }

    public string? ConnectionString { get; }

    public TableServiceClient Tables { get; }

    public QueueServiceClient Queues { get; }

    private static T Patient<T>(T options) where T : ClientOptions
    {
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(1);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(10);
        options.Diagnostics.IsLoggingEnabled = false;
        return options;
    }
}
