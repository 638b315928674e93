using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace OpenGov.Functions.Storage;

/// <summary>The one place where storage clients are built, so that a test can give them another transport.</summary>
public sealed class StorageClients
{
    private readonly TableServiceClient tables;
    private readonly QueueServiceClient queues;
    private readonly BlobServiceClient blobs;

    public StorageClients(IConfiguration configuration, HttpPipelineTransport? transport = null)
    {
        var tableOptions = Patient(new TableClientOptions(), transport);
        var queueOptions = Patient(new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }, transport);
        var blobOptions = Patient(new BlobClientOptions(), transport);
        var section = configuration.GetSection("AzureWebJobsStorage");
        if (section.Value is { Length: > 0 } connectionString)
        {
            try
            {
                tables = new TableServiceClient(connectionString, tableOptions);
                queues = new QueueServiceClient(connectionString, queueOptions);
                blobs = new BlobServiceClient(connectionString, blobOptions);
            }
            catch (Exception malformed) when (malformed is FormatException or ArgumentException or InvalidOperationException)
            {
                // The SDKs' own words may hold the key.
                throw new InvalidSettingException("AzureWebJobsStorage", "is no connection string of a storage account");
            }
            return;
        }
        var account = section["accountName"]
            ?? throw new InvalidSettingException("AzureWebJobsStorage", "is missing: a connection string, or AzureWebJobsStorage__accountName");
        var credential = new ManagedIdentityCredential(section["clientId"] is { } client
            ? ManagedIdentityId.FromUserAssignedClientId(client)
            : ManagedIdentityId.SystemAssigned);
        tables = new TableServiceClient(new Uri($"https://{account}.table.core.windows.net"), credential, tableOptions);
        queues = new QueueServiceClient(new Uri($"https://{account}.queue.core.windows.net"), credential, queueOptions);
        blobs = new BlobServiceClient(new Uri($"https://{account}.blob.core.windows.net"), credential, blobOptions);
    }

    public TableClient Table(string name) => tables.GetTableClient(name);

    public QueueClient Queue(string name) => queues.GetQueueClient(name);

    public BlobContainerClient Container(string name) => blobs.GetBlobContainerClient(name);

    public async Task CreateAllAsync(CancellationToken cancel)
    {
        await Task.WhenAll(
            Task.WhenAll(Tables.All.Select(name => Table(name).CreateIfNotExistsAsync(cancel))),
            Task.WhenAll(Queues.All.Select(name => Queue(name).CreateIfNotExistsAsync(cancellationToken: cancel))),
            Task.WhenAll(Containers.All.Select(name => Container(name).CreateIfNotExistsAsync(cancellationToken: cancel))));
    }

    private static T Patient<T>(T options, HttpPipelineTransport? transport) where T : ClientOptions
    {
        options.Retry.MaxRetries = 3;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(2);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(10);
        options.Diagnostics.IsLoggingEnabled = false;
        if (transport is not null)
        {
            options.Transport = transport;
        }
        return options;
    }
}
