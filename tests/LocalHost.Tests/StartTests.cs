using System.Net;
using System.Net.Sockets;
using OpenGov.LocalHost.Settings;

namespace OpenGov.LocalHost;

public sealed class StartTests : IDisposable
{
    private const string DeadAccount = "AzureWebJobsStorage=DefaultEndpointsProtocol=http;AccountName=a;AccountKey=Zm9v;TableEndpoint=http://127.0.0.1:9/a;QueueEndpoint=http://127.0.0.1:9/a;BlobEndpoint=http://127.0.0.1:9/a";
    private readonly string folder = Directory.CreateTempSubdirectory("localhost-tests").FullName;

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        await EndsWithOneLineAsync($"Port {port} is in use: end what uses it, or start with --port N.", ["--port", $"{port}", "--storage", "memory"]);
    }

    [Fact]
    public async Task A_port_of_the_emulator_in_use_is_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        await EndsWithOneLineAsync($"Port {port} is in use, perhaps by another storage emulator", ["--port", "0", "--storage", folder, $"LocalHost__StoragePort={port}"]);
    }

    [Fact]
    public Task A_missing_Node_is_named() =>
        EndsWithOneLineAsync("Node.js 20 or newer is needed for the storage emulator: install it", ["--port", "0", "--storage", "memory"], path: folder);

    [Fact]
    public Task An_old_Node_is_named()
    {
        Script("node", "echo v18.20.1");
        return EndsWithOneLineAsync("Node.js 20 or newer is needed for the storage emulator (found v18.20.1)", ["--port", "0", "--storage", "memory"], path: folder);
    }

    [Fact]
    public Task A_missing_npm_is_named()
    {
        Script("node", "echo v22.1.0");
        return EndsWithOneLineAsync("npm is missing", ["--port", "0", "--storage", "memory"], folder, EmptyCheckout());
    }

    [Fact]
    public Task An_npm_that_fails_is_told_with_its_reason()
    {
        Script("node", "echo v22.1.0");
        Script("npm", "echo 'npm error network is down' >&2; exit 1");
        return EndsWithOneLineAsync("start again (npm error network is down).", ["--port", "0", "--storage", "memory"], folder, EmptyCheckout());
    }

    [Fact]
    public Task An_emulator_that_does_not_start_is_told_with_its_reason()
    {
        Script("node", "[ \"$1\" = --version ] && echo v22.1.0 || { echo 'cannot read the data' >&2; exit 3; }");
        return EndsWithOneLineAsync("The storage emulator does not start (cannot read the data)", ["--port", "0", "--storage", "memory"], $"{folder}:/usr/bin:/bin");
    }

    [Theory]
    [InlineData("--colour", "--colour is not known here.")]
    [InlineData("Signing__Keys=short", "Setting Signing__Keys holds a key")]
    [InlineData("Site__BaseUrl=nowhere", "Setting Site__BaseUrl is not")]
    [InlineData("SendGrid__WebhookPublicKey=short", "Setting SendGrid__WebhookPublicKey is no base64 public key")]
    public Task What_the_command_line_gets_wrong_is_named(string argument, string line) =>
        EndsWithOneLineAsync(line, ["--port", "0", "--storage", "memory", argument]);

    [Fact]
    public async Task Storage_that_cannot_be_reached_is_waited_for_with_one_line_a_try()
    {
        using var app = AppProcess.Start(["--port", "0", DeadAccount]);
        await app.SaysAsync("Storage at 127.0.0.1:9 cannot be reached; trying again in 5 s.");

        app.Signal("TERM");

        Assert.Equal(0, await app.EndsAsync());
        Assert.DoesNotContain("   at ", app.Output + app.Errors);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static async Task EndsWithOneLineAsync(string line, string[] args, string? path = null, string? workingFolder = null)
    {
        using var app = AppProcess.Start(args, path, workingFolder);

        Assert.Equal(1, await app.EndsAsync());
        await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.Contains(line, Assert.Single(app.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.DoesNotContain("   at ", app.Output);
    }

    private void Script(string name, string body)
    {
        var file = Path.Combine(folder, name);
        File.WriteAllText(file, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private string EmptyCheckout()
    {
        var azurite = Directory.CreateDirectory(Path.Combine(folder, "checkout", "infra", "azurite")).FullName;
        var checkout = Path.Combine(folder, "checkout");
        File.WriteAllText(Path.Combine(checkout, "Empty.sln"), "");
        File.Copy(Path.Combine(Checkout.Find(), "local.settings.sample.json"), Path.Combine(checkout, "local.settings.sample.json"));
        File.Copy(Path.Combine(Checkout.Find(), "infra", "azurite", "package.json"), Path.Combine(azurite, "package.json"));
        return checkout;
    }
}
