using OpenGov.Functions.Cycles;

namespace OpenGov.Functions.Plans;

/// <summary>Addresses that hold for ever: they name the cycle, since another will have a plan and versions of its own.</summary>
public static class PlanAddress
{
    public const string CycleField = "cycle";

    public static string Of(Cycle cycle) => $"/plan?{CycleField}={cycle.Id}";

    public static string Version(Cycle cycle, int number) => $"/plan/versions/{number}?{CycleField}={cycle.Id}";

    public static string Document(Cycle cycle, int number) => $"/plan/versions/{number}/plan.docx?{CycleField}={cycle.Id}";

    public static string Package(Cycle cycle) => $"/plan/package.zip?{CycleField}={cycle.Id}";
}
