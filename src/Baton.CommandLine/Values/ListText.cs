using System.Text;

namespace Baton.CommandLine.Values;

/// <summary>
/// Comma-separated values by the rules of CSV: a value in double quotes may hold commas, line breaks, and doubled double quotes.
/// A line break outside quotes separates like a comma, and one at the end counts for nothing, because values that come
/// out of files and secrets carry one.
/// </summary>
internal static class ListText
{
    public static IReadOnlyList<string> Parse(string text)
    {
        var rest = text.EndsWith('\n') ? text[..^1] : text;
        if (rest.EndsWith('\r'))
        {
            rest = rest[..^1];
        }

        if (rest.Length == 0)
        {
            return [];
        }

        var values = new List<string>();
        var position = 0;
        do
        {
            values.Add(rest.AsSpan(position) is ['"', ..] ? ReadQuoted(rest, ref position) : ReadPlain(rest, ref position));
        }
        while (position++ < rest.Length);
        return values;
    }

    private static string ReadPlain(string text, ref int position)
    {
        var start = position;
        while (position < text.Length && text[position] is not (',' or '\n'))
        {
            if (text[position] == '"')
            {
                throw new FormatException($"parse error on line 1, column {position + 1}: bare \" in non-quoted field");
            }

            position++;
        }

        return text[start..position].TrimEnd('\r');
    }

    private static string ReadQuoted(string text, ref int position)
    {
        var value = new StringBuilder();
        position++;
        while (true)
        {
            var end = text.IndexOf('"', position);
            if (end < 0)
            {
                throw BadQuote(text.Length);
            }

            value.Append(text, position, end - position);
            position = end + 1;
            switch (text.AsSpan(position))
            {
                case ['"', ..]:
                    value.Append('"');
                    position++;
                    break;
                case [] or [',' or '\n', ..]:
                    return value.ToString();
                case ['\r', '\n', ..]:
                    position++;
                    return value.ToString();
                default:
                    throw BadQuote(position);
            }
        }
    }

    private static FormatException BadQuote(int position)
        => new($"parse error on line 1, column {position + 1}: extraneous or missing \" in quoted-field");
}
