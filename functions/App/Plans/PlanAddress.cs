using OpenGov.Functions.Cycles;

namespace OpenGov.Functions.Plans;

public static class PlanAddress
{
    public static string Of(Cycle cycle) => cycle.AddressOf("/plan");

    public static string Version(Cycle cycle, int number) => cycle.AddressOf($"/plan/versions/{number}");

    public static string Document(Cycle cycle, int number) => cycle.AddressOf($"/plan/versions/{number}/plan.docx");

    public static string Package(Cycle cycle) => cycle.AddressOf("/plan/package.zip");
}
