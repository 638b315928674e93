using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace OpenGov.LocalHost.SendGridSandbox;

/// <summary>Answers <c>POST /v3/mail/send</c> as SendGrid would, and on demand as it does on a bad day.</summary>
internal sealed class Sandbox(Mailbox mailbox, EventPost events, TimeProvider clock, TimeZoneInfo zone)
{
    private readonly ConcurrentQueue<Fault> faults = new();
    private readonly List<Fault> eventFaults = [];
    private long counter;

    /// <summary>Each fault meets as many of the next mails as it says, in this order; an empty plan ends them all.</summary>
    public void Plan(IReadOnlyList<Fault> planned)
    {
        if (planned.Count == 0)
        {
            faults.Clear();
        }
        lock (eventFaults)
        {
            if (planned.Count == 0)
            {
                eventFaults.Clear();
            }
            eventFaults.AddRange(planned.Where(fault => fault.Event is not null));
        }
        foreach (var fault in planned.Where(fault => fault.Event is null).SelectMany(fault => Enumerable.Repeat(fault, fault.Times)))
        {
            faults.Enqueue(fault);
        }
    }

    public async Task SendAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            await RefuseAsync(http, StatusCodes.Status405MethodNotAllowed, null, "method not allowed");
            return;
        }
        if (http.Request.Headers.Authorization.ToString() is not ['B', 'e', 'a', 'r', 'e', 'r', ' ', _, ..])
        {
            await RefuseAsync(http, StatusCodes.Status401Unauthorized, null, "The provided authorization grant is invalid, expired, or revoked");
            return;
        }
        faults.TryDequeue(out var fault);
        if (fault is { Status: not null, CutAfterAccept: false })
        {
            await FailAsync(http, fault);
            return;
        }
        try
        {
            using var message = await JsonDocument.ParseAsync(http.Request.Body);
            foreach (var mail in MailMessage.Read(message.RootElement, NextId, TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone)))
            {
                await mailbox.KeepAsync(mail);
                events.Add(SandboxEvent.Of(mail, TakeEventFault(mail.To), clock.GetUtcNow()));
            }
        }
        catch (JsonException)
        {
            await RefuseAsync(http, StatusCodes.Status400BadRequest, null, "Bad Request");
            return;
        }
        catch (RefusedMailException refused)
        {
            await RefuseAsync(http, StatusCodes.Status400BadRequest, refused.Field, refused.Message);
            return;
        }
        if (fault?.Status is not null)
        {
            await FailAsync(http, fault);
            return;
        }
        if (fault?.CutAfterAccept == true)
        {
            http.Abort();
            return;
        }
        http.Response.Headers["X-Message-Id"] = Guid.NewGuid().ToString("N");
        http.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private string? TakeEventFault(string to)
    {
        lock (eventFaults)
        {
            var at = eventFaults.FindIndex(fault => fault.To is null || fault.To.Equals(to, StringComparison.OrdinalIgnoreCase));
            if (at < 0)
            {
                return null;
            }
            var fault = eventFaults[at];
            if (fault.Times > 1)
            {
                eventFaults[at] = fault with { Times = fault.Times - 1 };
            }
            else
            {
                eventFaults.RemoveAt(at);
            }
            return fault.Event;
        }
    }

    private static Task FailAsync(HttpContext http, Fault fault)
    {
        if (fault.RetryAfter is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }
        return RefuseAsync(http, fault.Status!.Value, null, "planned fault");
    }

    private string NextId() => $"{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds():D14}{Interlocked.Increment(ref counter) % 1_000_000:D6}";

    private static Task RefuseAsync(HttpContext http, int status, string? field, string message)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new { errors = new[] { new { message, field, help = (string?)null } } });
    }
}
