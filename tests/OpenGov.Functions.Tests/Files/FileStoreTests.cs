using System.Net;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.DependencyInjection;
using OpenGov.Functions.Storage;
using static OpenGov.Functions.Files.Scans;

namespace OpenGov.Functions.Files;

public sealed class FileStoreTests(TestService service) : IClassFixture<TestService>
{
    [Fact]
    public async Task The_same_scan_twice_is_kept_once_under_its_hash_and_its_first_name()
    {
        var bytes = Pdf("twice");
        var first = await Store.PutAsync(Check(bytes, "primera ñ.pdf"), default);
        var again = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Store.PutAsync(Check(bytes, "otra.pdf"), default)));

        Assert.Equal(new StoredFile(first.Hash, ScanType.Pdf, bytes.Length, "primera ñ.pdf"), first);
        Assert.All(again, file => Assert.Equal(first.Hash, file.Hash));
        Assert.Single(Blobs, blob => blob.Name == first.Hash);
        var kept = (await Store.FindAsync(first.Hash, default))!;
        Assert.Equal((ScanType.Pdf, "primera ñ.pdf", first.Hash), (kept.Type, kept.Name, kept.Hash));
        Assert.Equal(bytes, kept.Bytes.ToArray());
    }

    [Fact]
    public async Task A_scan_that_was_altered_in_storage_is_not_given_out()
    {
        var file = await Store.PutAsync(Check(Pdf("altered"), null), default);
        await Container.GetBlobClient(file.Hash).UploadAsync(BinaryData.FromBytes(Pdf("changed")), overwrite: true);

        await Assert.ThrowsAsync<InvalidDataException>(() => Store.FindAsync(file.Hash, default));
    }

    [Fact]
    public async Task The_container_of_scans_is_not_public() =>
        Assert.Equal(PublicAccessType.None, (await Container.GetAccessPolicyAsync()).Value.BlobPublicAccess);

    [Fact]
    public async Task Staff_get_a_scan_as_a_download_that_no_browser_runs()
    {
        var file = await Store.PutAsync(Check(Png, "nota ñandú firmada.png"), default);
        using var reader = await service.SignInAsync(StaffSignIn.Reader);

        var answer = await reader.GetAsync($"/staff/files/{file.Hash}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("image/png", answer.Content.Headers.ContentType!.ToString());
        var disposition = answer.Content.Headers.ContentDisposition!;
        Assert.Equal(("attachment", "nota ñandú firmada.png"), (disposition.DispositionType, disposition.FileNameStar));
        Assert.All(disposition.FileName!, symbol => Assert.True(char.IsAscii(symbol)));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("default-src 'none'; sandbox", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal(Png, await answer.Content.ReadAsByteArrayAsync());
        using var head = await reader.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"/staff/files/{file.Hash}"));
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
    }

    [Fact]
    public async Task Nobody_else_gets_a_scan_and_staff_get_none_that_is_not_there()
    {
        var file = await Store.PutAsync(Check(Pdf("private"), null), default);
        using var reader = await service.SignInAsync(StaffSignIn.Reader);

        Assert.Equal(HttpStatusCode.SeeOther, (await service.NewPlainClient().GetAsync($"/staff/files/{file.Hash}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync($"/staff/files/{new string('0', 64)}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync($"/staff/files/{file.Hash.ToUpperInvariant()}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync("/staff/files/abc")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync($"/staff/files/{new string('.', 62)}%2F")).StatusCode);
    }

    private FileStore Store => service.Services.GetRequiredService<FileStore>();

    private Azure.Storage.Blobs.BlobContainerClient Container => service.Services.GetRequiredService<StorageClients>().Container(Containers.Scans);

    private IEnumerable<BlobItem> Blobs => Container.GetBlobs();

    private static Scan Check(byte[] bytes, string? name) => ScanFile.Check(bytes, name, null).Scan!;
}
