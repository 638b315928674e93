using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using OpenGov.Functions.Commitments;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Storage;
using Xunit;

namespace OpenGov.Functions.Validations;

/// <summary>Institutions, commitments and a round of notas, for the tests that need one.</summary>
public static partial class ValidationRound
{
    public const string Organiser = "organizadora@example.org";

    public static string MailboxOf(string institution) => $"despacho.{institution.ToLowerInvariant()}@example.org";

    /// <summary>Each commitment as "C-01: MEF, AIG": its number, its lead, those that support it.</summary>
    public static async Task<Dispatch> SendAsync(TestService service, LocalDate due, params string[] commitments)
    {
        var cancel = TestContext.Current.CancellationToken;
        var cycle = await service.Services.GetRequiredService<CurrentCycle>().GetAsync(cancel);
        var ledger = service.Services.GetRequiredService<Ledger>();
        foreach (var line in commitments)
        {
            var parts = line.Split([':', ','], StringSplitOptions.TrimEntries);
            foreach (var code in parts[1..])
            {
                await ledger.CommitAsync(
                    new Change(Tables.Institutions, InstitutionStore.PartitionOf(cycle)).Put(
                        InstitutionStore.RowOf(code),
                        new Institution(code, $"Institución {code}", new Office("Director/a General", MailboxOf(code)), $"secretaria.{code.ToLowerInvariant()}@example.org")),
                    cancel);
            }
            await ledger.CommitAsync(
                new Change(Tables.Commitments, CommitmentStore.PartitionOf(cycle)).Put(
                    CommitmentStore.RowOf(parts[0]),
                    new CommitmentProposal(parts[0], $"Compromiso {parts[0]}", "Transparencia", $"Texto del compromiso {parts[0]}.", parts[1], parts[2..], [])),
                cancel);
        }
        var numbers = commitments.Select(line => line.Split(':')[0]).ToList();
        var outcome = await service.Services.GetRequiredService<DispatchValidation>().DispatchAsync(numbers, due, Organiser, cancel);
        return Assert.IsType<Dispatching.Dispatched>(outcome).Dispatch;
    }

    /// <summary>The link of the newest mail to <paramref name="institution"/> whose subject begins with "Nota".</summary>
    public static async Task<string> LinkAsync(TestService service, string institution)
    {
        for (var tries = 0; tries < 100; tries++)
        {
            var nota = (await service.MailsAsync(MailboxOf(institution), 0)).FirstOrDefault(mail => Subject(mail).StartsWith("Nota", StringComparison.Ordinal));
            if (nota.ValueKind == JsonValueKind.Object)
            {
                return Token().Match(nota.GetProperty("text").GetString()!).Groups[1].Value;
            }
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        throw new InvalidOperationException($"No nota came to {institution}.");
    }

    /// <summary>The newest code that came to the office, once <paramref name="count"/> of them are there.</summary>
    public static async Task<string> CodeAsync(TestService service, string institution, int count = 1)
    {
        for (var tries = 0; tries < 100; tries++)
        {
            var codes = (await service.MailsAsync(MailboxOf(institution), 0)).Where(mail => Subject(mail).StartsWith("Código", StringComparison.Ordinal)).ToList();
            if (codes.Count >= count)
            {
                var code = Assert.Single(SixDigits().Matches(codes[0].GetProperty("text").GetString()!)).Value;
                Assert.Equal(code, Assert.Single(SixDigits().Matches(codes[0].GetProperty("html").GetString()!)).Value);
                return code;
            }
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        throw new InvalidOperationException($"No code came to {institution}.");
    }

    public static Task<HttpResponseMessage> PostAsync(TestService service, string token, params (string Name, string Value)[] fields) =>
        service.Http.PostAsync("/r", Form(token, fields), TestContext.Current.CancellationToken);

    public static Task<HttpResponseMessage> ConfirmAsync(TestService service, string token, string code) =>
        service.Http.PostAsync("/r/confirm", Form(token, ("code", code)), TestContext.Current.CancellationToken);

    public static (string Name, string Value)[] Answer(string number, string choice, params (string Field, string Text)[] texts) =>
    [
        ($"items[{number}].choice", choice),
        .. texts.Select(text => ($"items[{number}].{text.Field}", text.Text)),
        ("name", "Ana Ríos"), ("office", "Secretaría del Despacho"),
    ];

    public static string Subject(JsonElement mail) => mail.GetProperty("subject").GetString()!;

    private static FormUrlEncodedContent Form(string token, params (string Name, string Value)[] fields) =>
        new(fields.Append(("t", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));

    [GeneratedRegex(@"/r\?t=(\S+)")]
    private static partial Regex Token();

    [GeneratedRegex("[0-9]{6}")]
    private static partial Regex SixDigits();
}
