using OpenGov.Simulation;
using OpenGov.Simulation.Activities;

Options options;
try
{
    options = Options.Read(args);
}
catch (FormatException)
{
    Console.Error.WriteLine($"dotnet run --project tests/Simulation -- {Options.Usage}");
    return 2;
}

await using var site = await Site.StartAsync(options.Port, options.Instances, options.Seed);
var world = new World(site, new Cast(options.Seed), options);
var report = new Report(options.Seed);
try
{
    await Setting.PrepareAsync(world);
    foreach (var activity in Programme.Activities.Where(activity => activity.Number <= (options.Until ?? int.MaxValue)))
    {
        report.Played(activity, await activity.PlayAsync(world), site.Now);
        Console.WriteLine(report.Rows[^1]);
    }
    if (options.Until is not null)
    {
        Console.WriteLine($"The site is at {site.Address}, and what was mailed at {site.Address}/dev/mailbox. Ctrl-C ends it.");
        await site.WaitAsync();
        return 0;
    }
    var invariants = new Invariants(world);
    report.Check(await invariants.FindViolationsAsync(), invariants.Checked);
}
catch (PlayException stopped)
{
    report.Check([$"The play stopped: {stopped.Message}"]);
}
foreach (var violation in report.Violations)
{
    Console.WriteLine($"VIOLATION: {violation}");
}
Console.WriteLine($"Looked at {report.Checked}.");
Console.WriteLine($"Report: {report.Write(options.Report, site.Address)}");
Console.WriteLine(report.Summary);
return report.IsWhole ? 0 : 1;
