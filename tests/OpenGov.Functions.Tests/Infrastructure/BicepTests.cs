namespace OpenGov.Functions.Infrastructure;

public sealed class BicepTests
{
    public static TheoryData<string> Files => [.. Bicep.Files.Select(file => Path.GetRelativePath(Bicep.Folder, file))];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_compiles_without_a_word_of_the_compiler_or_the_linter(string file) =>
        (await Bicep.CompileAsync(Path.Combine(Bicep.Folder, file))).Accept();

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_is_as_the_formatter_has_it(string file)
    {
        var path = Path.Combine(Bicep.Folder, file);
        Assert.Equal(await Bicep.FormatAsync(path), await File.ReadAllTextAsync(path));
    }

    [Theory]
    [InlineData("param unused string", "no-unused-params")]
    [InlineData("resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {\n  name: 'account'\n  properties: {}\n}", "BCP035")]
    public async Task A_file_of_which_either_says_anything_is_refused(string text, string code)
    {
        var folder = Directory.CreateTempSubdirectory("bicep").FullName;
        try
        {
            var file = Path.Combine(folder, "main.bicep");
            await File.WriteAllTextAsync(file, text);
            File.Copy(Path.Combine(Bicep.Folder, "bicepconfig.json"), Path.Combine(folder, "bicepconfig.json"));

            var answer = await Bicep.CompileAsync(file);
            Assert.ThrowsAny<Xunit.Sdk.XunitException>(answer.Accept);
            Assert.Contains(code, answer.Result["diagnostics"]!.ToJsonString(), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
