using DocumentFormat.OpenXml.Drawing;
using QRCoder;
using Pictures = DocumentFormat.OpenXml.Drawing.Pictures;
using Placed = DocumentFormat.OpenXml.Drawing.Wordprocessing;
using Words = DocumentFormat.OpenXml.Wordprocessing;

namespace OpenGov.Functions.Requests.Letters;

/// <summary>The link as a code for telephones.</summary>
internal static class LinkPicture
{
    private const int PixelsPerModule = 6;
    private const long Side = 1_080_000;
    private const string PictureUri = "http://schemas.openxmlformats.org/drawingml/2006/picture";

    public static byte[] Png(string address)
    {
        using var data = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var code = new PngByteQRCode(data);
        return code.GetGraphic(PixelsPerModule);
    }

    /// <param name="alternative">What a screen reader says in its place.</param>
    public static Words.Run Of(string relationship, string alternative) => new(new Words.Drawing(
        new Placed.Inline(
            new Placed.Extent { Cx = Side, Cy = Side },
            new Placed.DocProperties { Id = 1, Name = "QR", Description = alternative },
            new Placed.NonVisualGraphicFrameDrawingProperties(new GraphicFrameLocks { NoChangeAspect = true }),
            new Graphic(new GraphicData(
                new Pictures.Picture(
                    new Pictures.NonVisualPictureProperties(
                        new Pictures.NonVisualDrawingProperties { Id = 1, Name = "QR", Description = alternative },
                        new Pictures.NonVisualPictureDrawingProperties()),
                    new Pictures.BlipFill(new Blip { Embed = relationship }, new Stretch(new FillRectangle())),
                    new Pictures.ShapeProperties(
                        new Transform2D(new Offset { X = 0, Y = 0 }, new Extents { Cx = Side, Cy = Side }),
                        new PresetGeometry(new AdjustValueList()) { Preset = ShapeTypeValues.Rectangle })))
            { Uri = PictureUri }))
        { DistanceFromTop = 0, DistanceFromBottom = 0, DistanceFromLeft = 0, DistanceFromRight = 0 }));
}
