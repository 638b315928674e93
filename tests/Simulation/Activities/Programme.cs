namespace OpenGov.Simulation.Activities;

/// <summary>One row of the work programme, played by its people.</summary>
public interface IActivity
{
    int Number { get; }

    string Title { get; }

    Task<Outcome> PlayAsync(World world);
}

public static class Programme
{
    /// <summary>Of the activities; what comes after the last has a number above it.</summary>
    public const int Count = 15;

    public static IReadOnlyList<IActivity> Activities { get; } =
    [
        new MethodsMeeting(), new OpenCall(), new ThemeSelection(), new Outreach(), new ContinuedCommitments(), new TablesMethod(), new Designation(), new HighLevelMeetings(), new CoCreationTables(),
        new Validation(), new Presentation(), new DevelopmentTables(), new PlanApproval(), new PlanDelivery(), new Launch(), new FirstAmendment(),
    ];
}
