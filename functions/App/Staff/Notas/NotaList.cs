using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime.Text;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Staff.Lists;

namespace OpenGov.Functions.Staff.Notas;

/// <summary>The notas of all rounds.</summary>
public sealed class NotaList(RequestDesk desk, RequestKinds kinds, IStringLocalizer<NotasTexts> texts, IStringLocalizer<RequestTexts> words) : IStaffList
{
    public string Name => "requests";

    public ListView<DeskRequest> Of(RequestDeskModel model, ListQuery asked) => ListView.Of(ShapeOf(model), model.Notas, asked);

    async Task<ListView> IStaffList.ReadAsync(ListQuery asked, CancellationToken cancel) => Of(await desk.ReadAsync(cancel), asked);

    private ListShape<DeskRequest> ShapeOf(RequestDeskModel model) => new(
        Name, "/staff/requests",
        nota => $"{nota.Request.Number} {nota.Request.InstitutionName} {nota.Request.Institution} {nota.Request.Office.Holder} {string.Join(' ', nota.Request.Items.Select(item => $"{item.Number} {item.Title}"))}",
        [
            new("group", [.. Enum.GetValues<NotaGroup>().Select(group => ($"{group}", texts[$"Group-{group}"].Value))],
                nota => Enum.GetValues<NotaGroup>().Where(group => model.IsIn(nota, group)).Select(group => $"{group}")),
            new("institution",
                [.. model.Notas.Select(nota => (nota.Request.Institution, nota.Request.InstitutionName)).DistinctBy(one => one.Institution).OrderBy(one => one.InstitutionName, ListOrder.Words)],
                nota => nota.Request.Institution),
            new("round", [.. model.Rounds.Select(round => ($"{round.Key}", TitleOf(round.Key)))], nota => $"{RoundKey.Of(nota.Request)}"),
        ],
        [
            ListOrder.Down("newest", (DeskRequest nota) => nota.Request.Id),
            ListOrder.By("number", (DeskRequest nota) => nota.Request.Id),
            ListOrder.By("due", (DeskRequest nota) => nota.Request.Due),
            ListOrder.ByWords("institution", (DeskRequest nota) => nota.Request.InstitutionName),
        ],
        [
            new("number", nota => nota.Request.Number),
            new("kind", nota => kinds.Of(nota.Request).Texts["Title"]),
            new("round", nota => nota.Request.Round.ToString(CultureInfo.InvariantCulture)),
            new("institution", nota => nota.Request.InstitutionName),
            new("addressee", nota => nota.Request.Office.Holder),
            new("mailbox", nota => nota.Request.Office.Mailbox, IsPersonal: true),
            new("sent", nota => LocalDatePattern.Iso.Format(model.Cycle.DateOf(nota.Request.SentAt))),
            new("due", nota => LocalDatePattern.Iso.Format(nota.Request.Due)),
            new("state", nota => words[$"State-{nota.Request.StateAt(model.Now, model.Cycle)}"]),
            new("late", nota => texts[nota.Request.IsLateAt(model.Now, model.Cycle) ? "Yes" : "No"]),
            new("mail", nota => texts["Mail-" + (nota.Mail?.State.ToString() ?? "None")]),
        ]);

    private string TitleOf(RoundKey round) => texts["RoundOption", kinds.Named(round.Kind).Texts["Title"], round.Number];
}
