using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Baton.Evidence.Sheets.Xlsx;

/// <summary>XML as UTF-8, through a buffer: a large sheet is written a cell at a time, millions of times.</summary>
internal sealed class XlsxXml(Stream output) : IDisposable
{
    private const int BufferBytes = 64 * 1024;
    private const int MostBytesOfNumber = 32;

    // What is markup, and the control characters, which XML has not got. Tab and line feed may stand as they are.
    private static readonly SearchValues<char> Special = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(code => (char)code).Except(['\t', '\n']), '<', '>', '&', '"', '\uFFFE', '\uFFFF']);

    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _used;

    public void Raw(ReadOnlySpan<byte> xml)
    {
        if (_buffer.Length - _used < xml.Length)
        {
            Flush();
            if (xml.Length > _buffer.Length)
            {
                output.Write(xml);
                return;
            }
        }

        xml.CopyTo(_buffer.AsSpan(_used));
        _used += xml.Length;
    }

    public void Raw(string xml) => Utf8(xml);

    public void Number(long number)
    {
        Room(MostBytesOfNumber);
        Utf8Formatter.TryFormat(number, _buffer.AsSpan(_used), out var written);
        _used += written;
    }

    public void Number(double number)
    {
        Room(MostBytesOfNumber);
        Utf8Formatter.TryFormat(number, _buffer.AsSpan(_used), out var written);
        _used += written;
    }

    /// <summary>Text between tags or in an attribute.</summary>
    public void Text(ReadOnlySpan<char> text)
    {
        // Excel reads _x0041_ as the character of that number, so that one in the text must be written as what it is not.
        if (text.IndexOfAny(Special) < 0 && text.IndexOf("_x", StringComparison.Ordinal) < 0)
        {
            Utf8(text);
            return;
        }

        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '<':
                    Raw("&lt;"u8);
                    break;
                case '>':
                    Raw("&gt;"u8);
                    break;
                case '&':
                    Raw("&amp;"u8);
                    break;
                case '"':
                    Raw("&quot;"u8);
                    break;
                case '_' when IsEscape(text[i..]):
                    Raw("_x005F_"u8);
                    break;
                case '\uFFFE' or '\uFFFF':
                case < ' ' and not '\t' and not '\n':
                    Utf8($"_x{(int)text[i]:X4}_");
                    break;
                default:
                    var length = char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1;
                    Utf8(text.Slice(i, length));
                    i += length - 1;
                    break;
            }
        }
    }

    public void Flush()
    {
        output.Write(_buffer, 0, _used);
        _used = 0;
    }

    public void Dispose() => output.Dispose();

    private static bool IsEscape(ReadOnlySpan<char> text)
        => text.Length >= 7 && text[1] == 'x' && text[6] == '_'
            && char.IsAsciiHexDigit(text[2]) && char.IsAsciiHexDigit(text[3]) && char.IsAsciiHexDigit(text[4]) && char.IsAsciiHexDigit(text[5]);

    private void Utf8(ReadOnlySpan<char> text)
    {
        while (true)
        {
            var room = (_buffer.Length - _used) / 3;
            if (text.Length <= room)
            {
                _used += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_used));
                return;
            }

            Flush();
            var part = Math.Min(text.Length, _buffer.Length / 3);
            if (part < text.Length && char.IsHighSurrogate(text[part - 1]))
            {
                part--;
            }

            _used = Encoding.UTF8.GetBytes(text[..part], _buffer);
            text = text[part..];
        }
    }

    private void Room(int bytes)
    {
        if (_buffer.Length - _used < bytes)
        {
            Flush();
        }
    }
}
