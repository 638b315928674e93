using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;
using Xunit;

namespace OpenGov.Functions.Notices;

public sealed class DigestMailTests
{
    private static readonly Cycle Panama = CycleFile.Read("panama-2019-2021") with { Version = 1 };

    [Theory]
    [InlineData("2019-02-08", "opens-14", "Abre en 14 días, el viernes 22 de febrero.")]
    [InlineData("2019-02-19", "opens-3", "Abre en 3 días, el viernes 22 de febrero.")]
    [InlineData("2019-02-22", "opens-0", "Abre hoy, viernes 22 de febrero.")]
    [InlineData("2019-02-25", "opens-0", "Abrió el viernes 22 de febrero, hace 3 días.")]
    [InlineData("2019-04-18", "closes-7", "Cierra en 10 días, el domingo 28 de abril a las 23:59 (hora de Panamá).")]
    [InlineData("2019-04-26", "closes-2", "Cierra este domingo 28 de abril a las 23:59 (hora de Panamá).")]
    [InlineData("2019-04-28", "closes-0", "Cierra hoy, domingo 28 de abril, a las 23:59 (hora de Panamá).")]
    [InlineData("2019-04-29", "late", "Venció ayer, domingo 28 de abril, y todavía no está marcada como realizada.")]
    [InlineData("2019-05-06", "late", "Venció el domingo 28 de abril, hace 8 días, y todavía no está marcada como realizada.")]
    public void A_line_is_worded_from_the_day_it_is_really_sent(string today, string occasion, string expected)
    {
        var parts = Mail(today, (ActivityKeys.Call, [occasion])).Parts;
        Assert.Equal(expected, Assert.IsType<MailPart.Paragraph>(parts[2]).Text);
    }

    [Fact]
    public void Occasions_that_met_say_one_thing_once() =>
        Assert.Equal(
            "Cierra este domingo 28 de abril a las 23:59 (hora de Panamá).",
            Mail("2019-04-26", (ActivityKeys.Call, ["closes-2", "closes-0"])).Parts.OfType<MailPart.Paragraph>().Single().Text);

    [Fact]
    public void What_is_late_comes_first_and_leads_the_subject()
    {
        var mail = Mail("2019-05-03", ("theme-selection", ["late"]), ("outreach", ["opens-0"]), ("tables-method", ["opens-14"]));
        Assert.Equal("Vencido: Actividad 3. Escogencia y aprobación de las temáticas por parte de la CNGAP y 2 avisos más", mail.Subject);
        Assert.Equal(["Vencido", "Próximamente"], mail.Parts.OfType<MailPart.Heading>().Select(heading => heading.Text));
    }

    [Fact]
    public void Several_of_the_same_urgency_are_counted() =>
        Assert.Equal("2 asuntos vencidos", Mail("2019-07-02", ("outreach", ["late"]), ("tables-method", ["late"])).Subject);

    [Fact]
    public void Lines_of_one_day_stand_in_the_order_of_their_numbers() =>
        Assert.Equal(
            ["Actividad 6.", "Actividad 10.", "Actividad 12."],
            Mail("2019-12-20", ("development-tables", ["late"]), ("tables-method", ["late"]), ("validation", ["late"])).Parts
                .OfType<MailPart.Subheading>().Select(line => line.Text[..(line.Text.IndexOf('.', StringComparison.Ordinal) + 1)]));

    [Fact]
    public void A_meeting_of_one_day_neither_opens_nor_closes() =>
        Assert.Equal("Es en 3 días, el viernes 11 de enero.", Mail("2019-01-08", ("methods-meeting", ["opens-3", "closes-2"])).Parts.OfType<MailPart.Paragraph>().Single().Text);

    [Theory]
    [InlineData("04-18", "7 días calendario antes del cierre (domingo 28 de abril de 2019): el domingo 21 de abril de 2019 no es día hábil, y se adelanta al jueves 18 de abril de 2019.")]
    [InlineData("02-22", "El día de la apertura (viernes 22 de febrero de 2019): sale el viernes 22 de febrero de 2019.")]
    [InlineData("04-29", "Aviso semanal de atraso (lunes 29 de abril de 2019): sale el lunes 29 de abril de 2019.")]
    public void Staff_read_why_a_notice_goes_out_on_its_day(string day, string expected)
    {
        Language.Use(Language.Spanish);
        using var services = new ServiceCollection().AddLogging().AddLocalization().AddSingleton<NoticeWords>().BuildServiceProvider();
        var notice = NoticePlanner.ForActivity(Panama.Call, 1, Panama.Notices, Panama.WorkingDays).Single(planned => planned.SendOn == NoticePlannerTests.Day($"2019-{day}"));
        Assert.Equal(expected, services.GetRequiredService<NoticeWords>().HowComputed(notice));
    }

    [Theory]
    [InlineData(null, "is missing")]
    [InlineData("ana@example.org", "number 1")]
    [InlineData("ana@example.org=organiser;luis@example.org=boss", "number 2")]
    [InlineData("ana@example.org=organiser;ANA@example.org=reader", "twice")]
    [InlineData("ana@example.org=reader", "no organiser")]
    [InlineData("ana=organiser", "number 1")]
    public void A_malformed_list_of_staff_stops_the_start_and_names_no_address(string? setting, string problem)
    {
        var fault = Assert.Throws<InvalidSettingException>(() => Staff(setting));
        Assert.Contains(problem, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("example.org", fault.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Staff_are_found_whatever_the_capitals() =>
        Assert.Equal(StaffRole.Secretary, Staff("ana@example.org=organiser; luis@example.org = secretary").Find(" Luis@Example.org")!.Role);

    private static MailContent Mail(string today, params (string Activity, string[] Occasions)[] lines)
    {
        Language.Use(Language.Spanish);
        using var services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
        var texts = services.GetRequiredService<IStringLocalizer<NoticeTexts>>();
        var current = new CurrentCycle(new StorageClients(Configuration(("AzureWebJobsStorage", "UseDevelopmentStorage=true"))));
        var kind = new ActivityNotices(current, Staff("ana@example.org=organiser"), [], texts);
        var entries = lines.Select(line =>
        {
            var activity = Panama.Activity(line.Activity);
            var notice = new DueNotice("activity", activity.Key, "1", NoticePlannerTests.Day(today),
                [.. line.Occasions.Select(name => new Occasion(name, name.StartsWith("opens", StringComparison.Ordinal) ? activity.Opens : activity.Closes))]);
            return new DigestEntry(ActivityNotices.LineOf(activity, notice), notice.Occasions);
        });
        return new DigestMail([kind], current, new Site(Configuration(("Site:BaseUrl", "https://example.org"))), TimeProvider.System, texts)
            .Write(new DigestModel([.. entries]), NoticePlannerTests.Day(today));
    }

    private static StaffDirectory Staff(string? setting) => new(Configuration(("Staff:Addresses", setting)));

    private static IConfiguration Configuration(params (string Name, string? Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(value => value.Name, value => value.Value)).Build();
}
