using System.Text;
using System.Xml;

namespace Baton.Evidence.Sheets.Inputs;

/// <summary>The texts that the cells of a workbook refer to by number. Together they are bounded.</summary>
internal sealed class XlsxSharedTexts
{
    // Of a review with a million rows, Excel keeps some tens of millions of characters here.
    private const long MostCharacters = 256L << 20;
    private const int LongestText = 1 << 16;

    private readonly List<string> _texts = [];

    public void Read(XmlReader xml, string path)
    {
        long characters = 0;
        while (xml.Read())
        {
            if (XlsxReader.Is(xml, "si"))
            {
                var text = ReadText(xml, "si");
                characters += text.Length;
                if (characters > MostCharacters)
                {
                    throw new EvidenceException($"{path} holds more text than any review ({MostCharacters} characters)", EvidenceError.BadInput);
                }

                _texts.Add(text);
            }
        }
    }

    public string Of(string number)
        => int.TryParse(number, out var index) && index >= 0 && index < _texts.Count
            ? _texts[index]
            : throw new InvalidDataException($"a cell refers to the text {number}, which is not there");

    /// <summary>The text in an element: its runs together, without how it is pronounced. Ends at the end of the element.</summary>
    public static string ReadText(XmlReader xml, string element)
    {
        if (xml.IsEmptyElement)
        {
            return "";
        }

        var text = new StringBuilder();
        var depth = xml.Depth;
        var isText = false;
        var spoken = 0;
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth && xml.LocalName == element))
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element when xml.LocalName == "rPh" && !xml.IsEmptyElement:
                    spoken++;
                    break;
                case XmlNodeType.EndElement when xml.LocalName == "rPh":
                    spoken--;
                    break;
                case XmlNodeType.Element:
                    isText = xml.LocalName is "t" or "v";
                    break;
                case XmlNodeType.EndElement:
                    isText = false;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when isText && spoken == 0:
                    if (text.Length + xml.Value.Length > LongestText)
                    {
                        throw new InvalidDataException("a cell is longer than a cell can be");
                    }

                    text.Append(xml.Value);
                    break;
            }
        }

        return Unescape(text.ToString());
    }

    // Excel writes characters that XML has not got as _x0007_, and an underscore that would begin such a thing as _x005F_.
    private static string Unescape(string text)
    {
        if (!text.Contains("_x", StringComparison.Ordinal))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 6 < text.Length && text[i] == '_' && text[i + 1] == 'x' && text[i + 6] == '_'
                && ushort.TryParse(text.AsSpan(i + 2, 4), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var code))
            {
                result.Append((char)code);
                i += 6;
            }
            else
            {
                result.Append(text[i]);
            }
        }

        return result.ToString();
    }
}
