using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Development;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Plans;

/// <summary>What is sent to AGA: the plan, the evidence of each activity, and the data as they stand.</summary>
public sealed class PlanPackage(
    ActivityEvidence evidence, ProposalStore proposals, Site site, IStringLocalizer<PlanTexts> texts, IStringLocalizer<DevelopmentTexts> words)
{
    public async Task<byte[]> WriteAsync(PlanText plan, Delivery? delivery, Cycle cycle, CancellationToken cancel)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            await AddAsync(zip, $"plan-v{plan.Version.Number}.docx", PlanDocument.Write(plan, cycle, texts, words), cancel);
            await AddAsync(zip, "plan.json", JsonSerializer.SerializeToUtf8Bytes(new { Cycle = cycle.Id, plan.Version.Number, plan.Version.Hash, plan.Version.Introduction, plan.Version.Approval?.Minutes, plan.Commitments }, Json.Options), cancel);
            await AddAsync(zip, "evidence.csv", Csv(await evidence.ListAsync(cycle, cancel), cycle), cancel);
            await AddAsync(zip, "proposals.json", JsonSerializer.SerializeToUtf8Bytes(
                (await proposals.ListAsync(cycle, cancel)).Where(proposal => proposal.Hidden is null)
                    .Select(proposal => new { proposal.Code, proposal.Content.Title, proposal.Content.Territory, Outcome = proposal.Response?.Outcome, Reasons = proposal.Response?.Reasons }), Json.Options), cancel);
            await AddAsync(zip, texts["ReadMeName"] + ".txt", Encoding.UTF8.GetBytes(texts["ReadMe", cycle.Name, plan.Version.Number, plan.Version.Hash, site.Address(PlanAddress.Of(cycle)), delivery?.Translation ?? texts["NoTranslation"].Value]), cancel);
        }
        return stream.ToArray();
    }

    private byte[] Csv(IReadOnlyList<Evidence> all, Cycle cycle)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n", InjectionOptions = InjectionOptions.Escape }))
        {
            foreach (var title in new[] { "number", "activity", "evidence", "date", "address" })
            {
                csv.WriteField(title);
            }
            csv.NextRecord();
            foreach (var one in all)
            {
                csv.WriteField(cycle.Activity(one.Activity).Number);
                csv.WriteField(cycle.Activity(one.Activity).Title.ToString());
                csv.WriteField(one.What);
                csv.WriteField(one.On is { } day ? NodaTime.Text.LocalDatePattern.Iso.Format(day) : "");
                csv.WriteField(site.Address(one.Path));
                csv.NextRecord();
            }
        }
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private static async Task AddAsync(ZipArchive zip, string name, byte[] bytes, CancellationToken cancel)
    {
        await using var entry = await zip.CreateEntry(name).OpenAsync(cancel);
        await entry.WriteAsync(bytes, cancel);
    }
}
