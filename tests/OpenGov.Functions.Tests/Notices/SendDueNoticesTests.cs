using Microsoft.Extensions.DependencyInjection;
using OpenGov.Functions.Cycles;
using Xunit;

namespace OpenGov.Functions.Notices;

/// <summary>On the real machine, from the first day of the call on.</summary>
public sealed class SendDueNoticesTests(TestService service) : IClassFixture<TestService>
{
    private const string Organiser = "organizadora@example.org";

    [Fact]
    public async Task Staff_are_told_once_a_working_day_and_only_what_holds()
    {
        var cancel = TestContext.Current.CancellationToken;
        var store = service.Services.GetRequiredService<NoticeStore>();
        while ((await store.UpcomingAsync(new(2019, 2, 25), new(2019, 12, 31), cancel)).Count < 80)
        {
            await Task.Delay(50, cancel);
        }
        using (var staff = await service.SignInAsync(StaffSignIn.Secretary))
        {
            await staff.HoldMeetingAsync("methods-meeting", "2019-01-11");
        }
        await service.Services.GetRequiredService<MarkActivityDone>().DoneAsync("methods-meeting", Organiser, cancel);
        await service.AdvanceToAsync("2019-04-29T09:00");
        var mails = await service.MailsAsync(Organiser, 3);
        Assert.Equal(
            [
                "Vencido: Actividad 2. Convocatoria abierta para recolectar propuestas de temáticas y 3 avisos más",
                "Próximamente: Actividad 2. Convocatoria abierta para recolectar propuestas de temáticas",
                "Próximamente: Actividad 3. Escogencia y aprobación de las temáticas por parte de la CNGAP",
                "Próximamente: Actividad 2. Convocatoria abierta para recolectar propuestas de temáticas",
                "2 avisos de lo que viene",
            ],
            mails.Select(mail => mail.GetProperty("subject").GetString()));
        Assert.Contains("Cierra este domingo 28 de abril a las 23:59", mails[1].GetProperty("text").GetString(), StringComparison.Ordinal);

        var settled = await store.SentAsync(new(2019, 2, 22), new(2019, 4, 29), cancel);
        Assert.Equal(["02-25"], settled.Where(notice => notice.State == NoticeState.Expired).Select(notice => $"{notice.On:MM-dd}"));
        Assert.All(settled.Where(notice => notice.State == NoticeState.Sent), notice => Assert.Equal(3, notice.Recipients));
        var upcoming = await store.UpcomingAsync(new(2019, 4, 30), new(2019, 5, 6), cancel);
        Assert.Contains("05-06:late", upcoming.Where(notice => notice.Subject == ActivityKeys.Call).Select(NoticePlannerTests.Short));

        // Once more on the same day, as after a crash or from a second instance.
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => service.Services.GetRequiredService<DueNotices>().SendAsync(cancel)));
        Assert.Equal(mails.Count, (await service.MailsAsync(Organiser, mails.Count)).Count);
    }
}
