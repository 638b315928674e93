using System.Net;
using static OpenGov.Functions.StaffSignIn;

namespace OpenGov.Functions;

/// <summary>Forms of the console, sent as its pages send them.</summary>
public static class ConsoleForms
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    public static async Task DoneAsync(this HttpClient staff, string address, params (string Name, string Value)[] fields)
    {
        var answer = await staff.PostAsync(address, Form(fields), Cancel);
        if (answer.StatusCode != HttpStatusCode.SeeOther)
        {
            Assert.Fail($"{address} answered {answer.StatusCode}: {await answer.ReadAsync()}");
        }
    }

    /// <summary>The page of what was refused.</summary>
    public static async Task<string> RefusedAsync(this HttpClient staff, string address, params (string Name, string Value)[] fields)
    {
        var refused = await staff.PostAsync(address, Form(fields), Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        return await refused.ReadAsync();
    }

    /// <summary>What would come in, and what it would change.</summary>
    public static Task<HttpResponseMessage> ReviewImportAsync(this HttpClient staff, string what, string rows) =>
        staff.PostAsync("/staff/import", Form(("what", what), ("step", "review"), ("rows", rows)), Cancel);

    /// <summary>The text of an answer, as people read it.</summary>
    public static async Task<string> ReadAsync(this HttpResponseMessage answer) => WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel));

    /// <summary>The text of a page, as people read it.</summary>
    public static async Task<string> ReadAsync(this HttpClient client, string address) => WebUtility.HtmlDecode(await client.GetStringAsync(address, Cancel));

    /// <summary>A theme that the forum adopted, for these institutions.</summary>
    public static async Task AdoptThemeAsync(this HttpClient staff, string code, string name, params string[] institutions)
    {
        await staff.DoneAsync("/staff/themes", ("name", name), ("summary", $"Lo que se propone sobre {name}."));
        await staff.DoneAsync(
            $"/staff/themes/{code}", ("act", "decide"), ("outcome", "Adopted"), ("into", ""), ("reasons", "Así lo acordó la Comisión."),
            ("minutes", "Acta del 2 de mayo de 2019"), ("decidedOn", "2019-05-02"));
        await staff.DoneAsync("/staff/liaisons", [("theme", code), .. institutions.Select(institution => ($"of-{code}", institution))]);
    }

    /// <summary>A meeting of the activity with its minutes, without which it is not done.</summary>
    public static async Task HoldMeetingAsync(this HttpClient staff, string activity, string date)
    {
        var announced = await staff.PostAsync("/staff/meetings", Form(
            ("kind", "Forum"), ("activity", activity), ("title", "Reunión de la CNGAP"), ("date", date), ("from", "09:00"), ("to", "12:00"), ("place", "Sede de la ANTAI")), Cancel);
        await staff.DoneAsync(announced.Headers.Location!.ToString(), ("act", "minutes"), ("minutes", "Se acordó la convocatoria."), ("agreements", ""));
    }
}
