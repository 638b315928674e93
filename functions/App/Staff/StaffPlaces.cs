namespace OpenGov.Functions.Staff;

/// <summary>The console's navigation. A page more is a line here, its text in StaffTexts, a function and a component.</summary>
public static class StaffPlaces
{
    /// <summary>Paths and the names of their texts.</summary>
    public static IReadOnlyList<(string Path, string Text)> All { get; } =
    [
        ("/staff", "NavOverview"),
        ("/staff/activities", "NavActivities"),
        ("/staff/proposals", "NavProposals"),
        ("/staff/themes", "NavThemes"),
        ("/staff/intake", "NavIntake"),
        ("/staff/channels", "NavChannels"),
        ("/staff/meetings", "NavMeetings"),
        ("/staff/institutions", "NavInstitutions"),
        ("/staff/liaisons", "NavLiaisons"),
        ("/staff/commitments", "NavCommitments"),
        ("/staff/requests", "NavRequests"),
        ("/staff/plan", "NavPlan"),
        ("/staff/import", "NavImport"),
        ("/staff/notices", "NavNotices"),
        ("/staff/mails", "NavMails"),
        ("/staff/cycles", "NavCycles"),
    ];
}
