using Microsoft.Extensions.Configuration;

namespace OpenGov.Functions.Storage;

public sealed class StorageClientsTests
{
    [Theory]
    [InlineData("nonsense")]
    [InlineData("AccountName=a;AccountKey=not base64;EndpointSuffix=core.windows.net;DefaultEndpointsProtocol=https")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=a")]
    public void A_malformed_connection_string_is_named_without_its_content(string setting)
    {
        var refused = Assert.Throws<InvalidSettingException>(() => Clients(setting));
        Assert.Equal("Setting AzureWebJobsStorage is no connection string of a storage account.", refused.Message);
    }

    [Fact]
    public void A_missing_account_is_named() =>
        Assert.StartsWith("Setting AzureWebJobsStorage is missing", Assert.Throws<InvalidSettingException>(() => Clients(null)).Message, StringComparison.Ordinal);

    private static StorageClients Clients(string? setting) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["AzureWebJobsStorage"] = setting }).Build());
}
