using Microsoft.Extensions.DependencyInjection;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Requests;

/// <summary>What every kind of request owes to the pages and e-mails that work from it.</summary>
public sealed class KindTests
{
    [Theory]
    [InlineData(Language.Spanish)]
    [InlineData(Language.English)]
    public void A_kind_has_words_for_all_that_it_asks(string language)
    {
        using var host = Service.Build(["--port", "0", "--storage", "memory", "--now", "2019-02-22T09:00"]);
        Language.Use(language);

        Assert.Equal([], host.Services.GetRequiredService<RequestKinds>().All.SelectMany(kind => NamesOf(kind)
            .Where(name => kind.Texts[name].ResourceNotFound).Select(name => $"{kind.Kind}: {name}")));
    }

    [Fact]
    public void A_nota_belongs_to_an_activity_of_the_programme()
    {
        using var host = Service.Build(["--port", "0", "--storage", "memory", "--now", "2019-02-22T09:00"]);
        var known = CycleFile.Read("panama-2019-2021").Activities.Select(activity => activity.Key).ToHashSet();

        Assert.All(host.Services.GetRequiredService<RequestKinds>().All.Where(kind => kind.IsNota), kind => Assert.Contains(kind.Activity, known));
    }

    private static IEnumerable<string> NamesOf(IRequestKind kind) =>
    [
        "Subject", "Title", "Lead", "Letter", .. kind.Faults,
        .. kind.Choices.Count > 1 ? kind.Choices.Where(choice => choice.Label is null).SelectMany(choice => new[] { $"Choice-{choice.Name}", $"Said-{choice.Name}" }) : [],
        .. kind.Choices.SelectMany(choice => choice.Fields).Where(field => field.Label is null).Select(field => $"Field-{field.Name}"),
        .. kind.Texts["Details"].ResourceNotFound ? Array.Empty<string>() : ["Details-Hint", "Details-Wrong"],
    ];
}
