using Microsoft.Azure.Functions.Worker;
using OpenGov.Functions.Imports;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Proposals.Channels;
using OpenGov.Functions.Proposals.Paper;
using OpenGov.Functions.Staff.Lists;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff.Intake;

public sealed class ShowIntake(StaffGate gate, IntakeDesk desk)
{
    [Function(nameof(ShowIntake))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "staff/intake")] HttpRequest request, CancellationToken cancel) =>
        (await gate.RequireAsync(request, StaffRole.Reader, cancel)).Refusal ?? Page.Of<IntakePage>(new { Model = await desk.ModelAsync(ListQuery.Of(request.Query), cancel) });
}

/// <summary>A session and the file of its paper forms; the next page shows what is right and what is wrong with it.</summary>
public sealed class StartBatch(StaffGate gate, IntakeDesk desk, ChannelStore channels, DefineChannel define, PaperIntake intake)
{
    private const int MostShownAgain = 1024 * 1024;

    [Function(nameof(StartBatch))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "staff/intake")] HttpRequest request, CancellationToken cancel)
    {
        var admission = await gate.RequireFormAsync(request, StaffRole.Secretary, BodyLimits.ImportOnPage, cancel);
        if (admission.Refusal is { } refusal)
        {
            return refusal;
        }
        var form = admission.Form;
        var content = await Body.FileOrPastedAsync(form, "rows", cancel);
        var typed = new ChannelInput(form["name"], Choices.Session, form["date"], form["place"], form["territory"]);
        var declared = form["consentAll"] == "true";
        var (session, faults) = await SessionAsync(form["session"].ToString(), typed, content.Length is > 0 and <= BodyLimits.Import, admission.Actor, cancel);
        if (content.Length == 0)
        {
            faults = [.. faults, new Fault("file", "NothingChosen")];
        }
        else if (content.Length > BodyLimits.Import)
        {
            faults = [.. faults, new Fault("file", "FileTooLarge")];
        }
        IReadOnlyList<ImportFault> unreadable = [];
        if (faults.Count == 0)
        {
            (var batch, unreadable) = await intake.StageAsync(
                session!, new ImportFile(content, ImportFormat.Csv, true, admission.Actor), form.Files["file"]?.FileName is { Length: > 0 } name ? Path.GetFileName(name) : null, declared, cancel);
            if (batch is not null)
            {
                return Page.See(request.HttpContext.Response, $"/staff/intake/{batch.Id}");
            }
        }
        var model = await desk.ModelAsync(ListQuery.Of(request.Query), cancel) with
        {
            Session = session?.Code ?? form["session"],
            Typed = typed,
            ConsentDeclared = declared,
            // A browser forgets the file that was chosen: its text is kept as if it had been pasted.
            Pasted = content.Length <= MostShownAgain ? CsvText.Decode(content) : null,
            Faults = faults.ToDictionary(fault => fault.Field, fault => fault.Text),
            Unreadable = desk.Words(unreadable),
        };
        return Page.Of<IntakePage>(new { Model = model }, StatusCodes.Status400BadRequest);
    }

    /// <summary>One that is there, or a new one; nothing is defined where there is no file for it.</summary>
    private async Task<(Channel? Session, IReadOnlyList<Fault> Faults)> SessionAsync(
        string chosen, ChannelInput typed, bool hasContent, string actor, CancellationToken cancel)
    {
        if (chosen.Length > 0)
        {
            return await channels.FindAsync(chosen, cancel) is { Date: not null } known ? (known, []) : (null, [new Fault("session", "SessionUnknown")]);
        }
        return hasContent ? await define.DefineAsync(typed, actor, cancel) : (null, await define.CheckAsync(typed, cancel));
    }
}
