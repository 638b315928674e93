namespace OpenGov.Functions.Architecture;

public sealed class FileTests
{
    private const int MostLines = 250;

    [Fact]
    public void No_file_of_the_product_is_too_long_to_read()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Checkout.Root, "functions"), "*", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

        Assert.DoesNotContain(files, file => File.ReadLines(file).Count() > MostLines);
    }
}

internal static class Checkout
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "OpenGov.Functions.sln")))
        {
            folder = folder.Parent!;
        }
        return folder.FullName;
    }
}
