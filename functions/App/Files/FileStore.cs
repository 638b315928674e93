using System.Net;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Files;

/// <summary>What is kept of a scan beside its bytes; part of the record of what it proves.</summary>
/// <param name="Hash">SHA-256 in small hexadecimal digits: its key, and what can be checked against it.</param>
public sealed record StoredFile(string Hash, ScanType Type, long Bytes, string Name);

/// <summary>Scans under the hash of their bytes: the same scan is kept once, and what is kept never changes.</summary>
public sealed class FileStore(StorageClients storage)
{
    private const string NameKey = "name";
    private readonly BlobContainerClient scans = storage.Container(Containers.Scans);

    /// <summary>A scan that is kept already stays as it is, under the name that it came with first.</summary>
    public async Task<StoredFile> PutAsync(Scan scan, CancellationToken cancel)
    {
        var options = new BlobUploadOptions
        {
            Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
            HttpHeaders = new BlobHttpHeaders { ContentType = ScanFile.MediaTypeOf(scan.Type) },
            // Metadata travels as headers, in ASCII.
            Metadata = new Dictionary<string, string> { [NameKey] = Uri.EscapeDataString(scan.Name) },
        };
        try
        {
            await scans.GetBlobClient(scan.Hash).UploadAsync(BinaryData.FromBytes(scan.Bytes), options, cancel);
        }
        catch (RequestFailedException there) when (there.Status is (int)HttpStatusCode.Conflict or (int)HttpStatusCode.PreconditionFailed)
        {
            // The same bytes, from an earlier time or from a try whose answer was lost.
        }
        return new StoredFile(scan.Hash, scan.Type, scan.Bytes.Length, scan.Name);
    }

    /// <summary>Null where no scan has this hash.</summary>
    /// <exception cref="InvalidDataException">What is kept is not what was put there.</exception>
    public async Task<Scan?> FindAsync(string hash, CancellationToken cancel)
    {
        if (!IsHash(hash))
        {
            return null;
        }
        try
        {
            var blob = (await scans.GetBlobClient(hash).DownloadContentAsync(cancel)).Value;
            var bytes = blob.Content.ToMemory();
            return Convert.ToHexStringLower(SHA256.HashData(bytes.Span)) == hash && ScanFile.TypeOf(bytes.Span) is { } type
                ? new Scan(type, Uri.UnescapeDataString(blob.Details.Metadata[NameKey]), bytes)
                : throw new InvalidDataException($"The scan {hash} was altered.");
        }
        catch (RequestFailedException missing) when (missing.Status == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private static bool IsHash(string text) => text.Length == 2 * SHA256.HashSizeInBytes && text.All(char.IsAsciiHexDigitLower);
}
