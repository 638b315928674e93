using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Commitments;

namespace OpenGov.Functions.Imports;

public sealed class ImportMessagesTests
{
    private static readonly string[] BadFiles =
    [
        "", "title", "number;number;title;theme;text;lead",
        "number;title;theme;text;lead;supporting\n;t;t;t;MEF;MEF\nA B;two\"x;t;t;l\nC-1;\"two\nlines\";t;t;XX;XX\nC-1;t;t;t;MEF;MEF;more\nC-2;t;t;t;MEF;MEF\nC-2;t;t;t;MEF",
        "number;title;theme;text;lead;proposals\nC-1;" + new string('x', 201) + ";t;t;MEF;nonsense",
    ];

    [Theory]
    [InlineData("es")]
    [InlineData("en")]
    public void Every_fault_has_its_words_in_both_languages(string language)
    {
        using var services = new ServiceCollection().AddLogging().AddLocalization().AddSingleton<ImportMessages>().BuildServiceProvider();
        var labels = services.GetRequiredService<IStringLocalizer<CommitmentTexts>>();
        Web.Language.Use(language);

        var errors = BadFiles.SelectMany(file => services.GetRequiredService<ImportMessages>().Answer(0, Faults(file), labels).Errors).ToList();

        Assert.True(errors.Count > 10);
        Assert.All(errors, error => Assert.EndsWith(".", error.Message, StringComparison.Ordinal));
        Assert.All(errors, error => Assert.DoesNotContain("{", error.Message, StringComparison.Ordinal));
        Assert.All(CommitmentColumns.All, column => Assert.False(labels[column.Name].ResourceNotFound));
    }

    private static IEnumerable<ImportFault> Faults(string file)
    {
        var table = ImportTable.Read(new ImportFile(Encoding.UTF8.GetBytes(file), ImportFormat.Csv, false, "staff"), CommitmentColumns.All);
        return table.With(table.Rows.SelectMany(row => CommitmentColumns.Faults(row, new HashSet<string> { "MEF" }, new HashSet<string>()))).Faults;
    }
}
