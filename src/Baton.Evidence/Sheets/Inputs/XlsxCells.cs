using System.Globalization;
using System.Xml;

namespace Baton.Evidence.Sheets.Inputs;

/// <summary>Walks over the rows of one sheet.</summary>
internal sealed class XlsxCells(XmlReader xml, XlsxSharedTexts shared)
{
    private const int MostColumns = 16_384;

    private readonly Dictionary<int, string> _texts = [];

    /// <summary>As the spreadsheet numbers it.</summary>
    public int Row { get; private set; }

    public IReadOnlyDictionary<int, string> Texts => _texts;

    /// <summary>Moves to the next row; false when there is none.</summary>
    public bool Next()
    {
        while (xml.Read())
        {
            if (XlsxReader.Is(xml, "row"))
            {
                Row = int.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : Row + 1;
                ReadCells();
                return true;
            }
        }

        return false;
    }

    private void ReadCells()
    {
        _texts.Clear();
        if (xml.IsEmptyElement)
        {
            return;
        }

        var depth = xml.Depth;
        var column = -1;
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
            if (!XlsxReader.Is(xml, "c"))
            {
                continue;
            }

            column = xml.GetAttribute("r") is { } reference ? ColumnOf(reference) : column + 1;
            var type = xml.GetAttribute("t");
            var text = XlsxSharedTexts.ReadText(xml, "c");
            text = type == "s" && text.Length > 0 ? shared.Of(text) : text;
            if (text.Length > 0)
            {
                _texts[column] = text;
            }
        }
    }

    private static int ColumnOf(string reference)
    {
        var column = 0;
        foreach (var letter in reference)
        {
            if (!char.IsAsciiLetterUpper(letter))
            {
                break;
            }

            column = (column * 26) + (letter - 'A' + 1);
            if (column > MostColumns)
            {
                throw new InvalidDataException($"there is no column {reference}");
            }
        }

        return column > 0 ? column - 1 : throw new InvalidDataException($"there is no cell {reference}");
    }
}
