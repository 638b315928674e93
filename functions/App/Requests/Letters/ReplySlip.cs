using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using Microsoft.Extensions.Localization;
using static OpenGov.Functions.Requests.Letters.Word;

namespace OpenGov.Functions.Requests.Letters;

/// <summary>A page of its own on which an office may answer with a pen: a table for each item.</summary>
internal sealed class ReplySlip(Letter? letter, LetterBody body, LetterSender sender, IStringLocalizer<LetterTexts> texts)
{
    private const int ChoiceWidth = 3500;
    private const int RoomWidth = 6132;
    private const string HeadColour = "E6E6E6";
    private int boxes;

    public IEnumerable<OpenXmlElement> All()
    {
        yield return P("SlipTitle", R(texts["SlipTitle"]));
        yield return P("BodyText", Mixed(
            texts["SlipAbout"], body.Value(LetterField.Number, bold: true), body.Value(LetterField.Institution), body.Value(LetterField.Deadline, bold: true)));
        yield return P("BodyText", Mixed(texts["SlipHow"], R(sender.ReplyTo)));
        if (letter is null)
        {
            yield return P("Normal", body.Value(LetterField.Slip));
        }
        foreach (var item in letter?.Items ?? [])
        {
            yield return P("Heading2", R(item.Heading));
            yield return TableOf(item.Choices);
        }
        yield return P("Heading2", R(texts["SlipWho"]));
        yield return P("SlipWho", R($"{texts["SlipName"]}:\t\t\t{texts["SlipOffice"]}:\t\t"));
        yield return P("SlipWho", R($"{texts["SlipDate"]}:\t\t\t{texts["SlipSign"]}:\t\t"));
    }

    private Table TableOf(IReadOnlyList<LetterChoice> choices)
    {
        var table = new Table(
            new TableProperties(
                new TableStyle { Val = "TableGrid" },
                new TableWidth { Width = Text(ChoiceWidth + RoomWidth), Type = TableWidthUnitValues.Dxa },
                new TableLayout { Type = TableLayoutValues.Fixed },
                new TableLook { Val = "0020", FirstRow = true, LastRow = false, FirstColumn = false, LastColumn = false, NoHorizontalBand = true, NoVerticalBand = true }),
            new TableGrid(new GridColumn { Width = Text(ChoiceWidth) }, new GridColumn { Width = Text(RoomWidth) }),
            new TableRow(
                new TableRowProperties(new CantSplit(), new TableHeader()),
                Cell(ChoiceWidth, HeadColour, P("SlipHead", R(texts["SlipChoice"]))),
                Cell(RoomWidth, HeadColour, P("SlipHead", R(texts["SlipRoom"])))));
        foreach (var choice in choices)
        {
            table.Append(new TableRow(
                new TableRowProperties(new CantSplit()),
                Cell(ChoiceWidth, null, [.. ChoiceOf(choice)]),
                Cell(RoomWidth, null, choice.Rooms.Count == 0 ? [P("SlipText", R(texts["SlipNothing"]))] : [.. choice.Rooms.SelectMany(Lines)])));
        }
        return table;
    }

    private IEnumerable<Paragraph> ChoiceOf(LetterChoice choice)
    {
        yield return P("SlipText", CheckBox.Of(++boxes, choice.Label), R($" {choice.Label}", bold: true));
        if (choice.Hint is { } hint)
        {
            yield return P("SlipHint", R(hint));
        }
    }

    private static IEnumerable<Paragraph> Lines(LetterRoom room) =>
        Enumerable.Repeat("\t", room.Lines).Select(line => P("SlipRule", R(line))).Prepend(P("SlipText", R($"{room.Label}:{room.Notes}")));

    private static TableCell Cell(int width, string? colour, params Paragraph[] content)
    {
        var properties = new TableCellProperties(new TableCellWidth { Width = Text(width), Type = TableWidthUnitValues.Dxa });
        if (colour is not null)
        {
            properties.Append(new Shading { Val = ShadingPatternValues.Clear, Color = "auto", Fill = colour });
        }
        var cell = new TableCell(properties);
        cell.Append(content);
        return cell;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
