using System.Text.RegularExpressions;

namespace OpenGov.Functions.Architecture;

/// <summary>
/// Who may know of whom: a folder's sources name only folders of lower layers, and of its own layer where that is a
/// row of features beside each other. What a lower folder must know of a higher one is registered with it.
/// </summary>
public sealed partial class DirectionTests
{
    private const int Features = 1;

    private static readonly string[][] HighestFirst =
    [
        ["Staff", "Home"],
        ["Proposals", "Themes", "Forum", "Liaisons", "Meetings", "Participation", "Subscriptions", "Commitments", "Validations", "Development", "Plans"],
        ["Requests"],
        ["Notices"],
        ["Emails"],
        ["Institutions"],
        ["Imports"],
        ["Cycles"],
        ["Files"],
        ["Web", "Storage", "Record", "Telemetry"],
    ];

    private static readonly string App = Path.Combine(Checkout.Root, "functions", "App");

    public static TheoryData<string> Folders => [.. HighestFirst.SelectMany(layer => layer)];

    [Fact]
    public void Every_folder_has_its_layer() =>
        Assert.Equal(
            HighestFirst.SelectMany(layer => layer).Order(),
            Directory.EnumerateDirectories(App).Select(folder => Path.GetFileName(folder)!).Except(["bin", "obj"]).Order());

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_knows_only_what_lies_below_it(string folder)
    {
        var layer = Array.FindIndex(HighestFirst, names => names.Contains(folder));
        var known = HighestFirst.Skip(layer + 1).SelectMany(names => names).Append(folder)
            .Concat(layer >= Features && HighestFirst[layer].Length > 1 ? HighestFirst[layer] : []).ToHashSet();
        var named = Sources(folder).SelectMany(source => Names().Matches(source)).Select(match => match.Groups[1].Value).ToHashSet();

        Assert.Equal([], named.Except(known));
    }

    [Theory]
    [InlineData("Cycles", "Cycle.cs", "WorkingDays.cs")]
    [InlineData("Files", "ScanFile.cs", "ImageScan.cs", "PdfScan.cs")]
    [InlineData("Notices", "NoticePlanner.cs", "DigestRules.cs")]
    [InlineData("Proposals", "Proposal.cs", "CallWindow.cs", "ProposalCode.cs", "ProposalRules.cs", "Paper/PaperWindow.cs", "Paper/PaperRules.cs", "Channels/ChannelRules.cs", "Moderation/ProposalSteps.cs", "Responses/ReasonedResponse.cs", "Responses/AllProposals.cs")]
    [InlineData("Themes", "Theme.cs")]
    [InlineData("Meetings", "Meeting.cs", "MeetingRules.cs", "InvitedContacts.cs", "Registration/Registrant.cs", "Registration/RegistrationRules.cs")]
    [InlineData("Subscriptions", "Subscription.cs", "SubscriptionRules.cs")]
    [InlineData("Emails", "MailState.cs", "MailTransitions.cs", "MailClaims.cs", "MailEvents.cs")]
    [InlineData("Institutions", "Institution.cs")]
    [InlineData("Commitments", "CommitmentProposal.cs")]
    [InlineData("Requests", "OfficialRequest.cs", "RequestAnswer.cs", "AnswerRules.cs", "RequestLife.cs", "RequestTimeline.cs", "DueRules.cs")]
    [InlineData("Validations", "Dispatch.cs", "CommitmentCase.cs", "CommitmentLife.cs", "Consolidation.cs", "DecisionRules.cs")]
    public void Rules_know_neither_storage_services_nor_the_web_server(string folder, params string[] files) =>
        Assert.All(files, file => Assert.DoesNotMatch(@"using (Azure|Microsoft\.(AspNetCore|Azure))", File.ReadAllText(Path.Combine(App, folder, file))));

    [Fact]
    public void The_app_knows_nothing_of_the_machine_that_runs_it() =>
        Assert.All(HighestFirst.SelectMany(layer => layer).SelectMany(Sources), source => Assert.DoesNotContain("OpenGov.LocalHost", source, StringComparison.Ordinal));

    private static IEnumerable<string> Sources(string folder) => Directory
        .EnumerateFiles(Path.Combine(App, folder), "*", SearchOption.AllDirectories)
        .Where(file => Path.GetExtension(file) is ".cs" or ".razor")
        .Select(File.ReadAllText);

    [GeneratedRegex(@"OpenGov\.Functions\.([A-Z]\w+)")]
    private static partial Regex Names();
}
