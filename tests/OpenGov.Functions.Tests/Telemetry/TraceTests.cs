using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Storage;

namespace OpenGov.Functions.Telemetry;

/// <summary>One proposal, from the form to its delivered receipt. SendGrid asks to wait, and the sweep comes by meanwhile.</summary>
public sealed partial class TraceTests(TraceTests.QuietMinute service) : IClassFixture<TraceTests.QuietMinute>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_proposal_is_one_trace_from_the_form_to_its_delivered_receipt_and_the_picture_shows_it()
    {
        using var recorder = new Recorder();
        var trace = await PlayAsync(recorder);
        var picture = new TracePicture(trace, recorder);

        Assert.Equal(["HTTP", "queue", "timer"], picture.Triggers.Order(StringComparer.OrdinalIgnoreCase));
        if (Environment.GetEnvironmentVariable("REDRAW") == "1")
        {
            await File.WriteAllTextAsync(TracePicture.File, picture.Draw(), Cancel);
        }
        Assert.True(
            File.Exists(TracePicture.File) && TracePicture.StepsIn(await File.ReadAllTextAsync(TracePicture.File, Cancel)).SequenceEqual(picture.Steps),
            $"The trace has other steps than {Path.GetFileName(TracePicture.File)} shows. Run this test with REDRAW=1 in the environment, and commit the file.\n{string.Join('\n', picture.Steps)}");
    }

    private async Task<IReadOnlyList<Activity>> PlayAsync(Recorder recorder)
    {
        await service.FaultsAsync(new { status = 429, retryAfter = 3, times = 1 });
        var form = await service.Http.GetStringAsync("/proposals/new", Cancel);
        var trace = ActivityTraceId.CreateRandom();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/proposals/new")
        {
            Headers = { { "traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01" } },
            Content = StaffSignIn.Form(
                ("ticket", Ticket().Match(form).Groups[1].Value), ("title", "Agua"), ("problem", "No llega"), ("consent", "true"),
                ("author.email", "trace@example.org"), ("step", "send")),
        };
        var answer = await service.Http.SendAsync(request, Cancel);
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, await answer.ReadAsync());
        await UntilAsync(recorder, trace, "send mail", 1);
        (await service.Http.PostAsync($"/dev/timers/{nameof(SweepEffects)}", null, Cancel)).EnsureSuccessStatusCode();
        await UntilAsync(recorder, trace, "mail told of: Delivered", 1);
        return recorder.Of(trace);
    }

    private static async Task UntilAsync(Recorder recorder, ActivityTraceId trace, string name, int count)
    {
        for (var tries = 0; recorder.Of(trace).Count(activity => activity.DisplayName == name) < count; tries++)
        {
            Assert.True(tries < 300, $"\"{name}\" did not come: {string.Join(", ", recorder.Of(trace).Select(activity => activity.DisplayName))}");
            await Task.Delay(50, Cancel);
        }
        // What called it ends a moment later.
        await Task.Delay(300, Cancel);
    }

    [GeneratedRegex("name=\"ticket\" value=\"([^\"]+)\"")]
    private static partial Regex Ticket();

    /// <summary>Just after a minute began: the sweep does not come by itself.</summary>
    public sealed class QuietMinute() : TestService("2019-02-22T09:00:05");
}
