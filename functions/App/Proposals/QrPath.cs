using System.Text;
using QRCoder;

namespace OpenGov.Functions.Proposals;

/// <summary>A QR code as one path of an SVG drawing, whose unit is a module.</summary>
/// <param name="Size">Of the square drawing, its quiet margin included.</param>
public sealed record QrPath(int Size, string Path)
{
    /// <summary>The margin is in QRCoder's matrix: four modules on each side, as the standard asks for.</summary>
    public static QrPath Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        foreach (var (y, row) in data.ModuleMatrix.Index())
        {
            for (var x = 0; x < row.Length; x++)
            {
                var from = x;
                while (x < row.Length && row[x])
                {
                    x++;
                }
                if (x > from)
                {
                    path.Append('M').Append(from).Append(' ').Append(y).Append('h').Append(x - from).Append("v1H").Append(from).Append('z');
                }
            }
        }
        return new QrPath(data.ModuleMatrix.Count, path.ToString());
    }
}
