using System.Text;
using Baton.Evidence.Sheets;

namespace Baton.Cli.Output;

/// <summary>
/// What programs are to read, on its way to a terminal instead: what would move the cursor, recolour the screen or turn the direction of
/// writing is spelled out, as in tables. Lines stay lines. In JSON it is spelled as JSON has it, so that the document stays one.
/// </summary>
internal sealed class ShownText(TextWriter terminal) : TextWriter
{
    private char _half;

    public override Encoding Encoding => terminal.Encoding;

    public override void Write(char value) => Write([value]);

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (buffer.IsEmpty)
        {
            return;
        }

        // Two writes may share a character.
        var text = _half == default ? buffer.ToString() : $"{_half}{buffer}";
        _half = char.IsHighSurrogate(text[^1]) ? text[^1] : default;
        terminal.Write(DisplayText.Spell(_half == default ? text : text[..^1], DisplayText.Layout));
    }

    public override void Flush() => terminal.Flush();
}
