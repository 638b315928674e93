namespace OpenGov.Functions.Storage;

/// <summary>A table is shared only by rows that share a transaction.</summary>
public static class Tables
{
    public const string Cycles = "cycles";
    public const string Proposals = "proposals";
    public const string Channels = "channels";
    public const string PaperBatches = "paperbatches";
    public const string Themes = "themes";
    public const string Forum = "forum";
    public const string Meetings = "meetings";
    public const string Subscriptions = "subscriptions";
    public const string Institutions = "institutions";
    public const string Liaisons = "liaisons";
    public const string Commitments = "commitments";
    public const string Plans = "plans";
    public const string Requests = "requests";
    public const string Notices = "notices";
    public const string Mails = "mails";
    public const string Sessions = "sessions";
    public const string OpenWork = "openwork";

    public static IReadOnlyList<string> All { get; } =
        [Cycles, Proposals, Channels, PaperBatches, Themes, Forum, Meetings, Subscriptions, Institutions, Liaisons, Commitments, Plans, Requests, Notices, Mails, Sessions, OpenWork];
}

/// <summary>The runtime creates no trigger queue: the app does, from this list.</summary>
public static class Queues
{
    public const string Effects = "effects";
    public const string ValidationRequests = "validation-requests";
    public const string Requests = "requests";

    public static IReadOnlyList<string> All { get; } = [Effects, ValidationRequests, Requests];
}

/// <summary>Containers of blobs; none is public.</summary>
public static class Containers
{
    public const string Scans = "scans";

    public static IReadOnlyList<string> All { get; } = [Scans];
}
