using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Web;
using static OpenGov.Functions.StaffSignIn;

namespace OpenGov.Functions.Stories;

/// <summary>A second instance beside the first, under one name: a request may reach either.</summary>
public sealed class TwoInstancesTests : IAsyncLifetime
{
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;
    private readonly StaffedService service = new("2019-02-22T09:00");
    private IHost second = null!;
    private string beside = "";

    public async ValueTask InitializeAsync()
    {
        await service.InitializeAsync();
        var origin = service.Services.GetRequiredService<Site>().Origin;
        second = Service.Build(["--port", "0", "--join", origin, $"Site__BaseUrl={origin}"]);
        await second.StartAsync(cancel);
        beside = $"http://localhost:{new Uri(second.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port}";
    }

    public async ValueTask DisposeAsync()
    {
        await second.StopAsync(cancel);
        second.Dispose();
        await service.DisposeAsync();
    }

    [Fact]
    public async Task Staff_are_shown_at_once_what_was_saved_on_another_instance()
    {
        const string TakeBack = "value=\"undo\"";
        await service.Staff.HoldMeetingAsync("methods-meeting", "2019-01-11");
        Assert.DoesNotContain(TakeBack, await service.Staff.ReadAsync($"{beside}/staff/activities"));

        await service.Staff.DoneAsync("/staff/activities", ("key", "methods-meeting"), ("action", "done"));

        Assert.Contains(TakeBack, await service.Staff.ReadAsync($"{beside}/staff/activities"));
    }

    [Fact]
    public async Task Whom_a_change_of_dates_concerns_is_told_whichever_instance_delivers_the_mail()
    {
        for (var day = 1; day <= 4; day++)
        {
            // Both have a copy of the dates as they were, a moment old.
            await service.Staff.ReadAsync($"{beside}/chronogram");
            await service.Staff.ReadAsync("/chronogram");
            var seen = (await service.Services.GetRequiredService<CurrentCycle>().FindAsync(cancel))!.Record.Version;
            var moved = await service.Services.GetRequiredService<RebaselineChronogram>().RunAsync(
                [new NewDates("launch", new(2019, 12, 10 + day), new(2019, 12, 10 + day))], $"Cambio {day}.", seen, "organiser", cancel);
            Assert.IsType<Storage.Edited<Cycle>.Done>(moved);

            var mails = await service.MailsAsync(Reader, day);

            Assert.Equal(day, mails.Count(mail => mail.GetProperty("subject").GetString() == "Cambió el cronograma del plan de acción"));
        }
    }
}
