using System.Buffers;

namespace Baton.Evidence.Sheets.Html;

/// <summary>
/// Writes HTML. Whatever is not a constant of ours goes through <see cref="Text"/>, which leaves no markup in it, and spells out what
/// would hide or turn round the text next to it.
/// </summary>
public sealed class HtmlText(TextWriter output)
{
    private static readonly SearchValues<char> Markup = SearchValues.Create("<>&\"'`");

    public HtmlText Raw(string html)
    {
        output.Write(html);
        return this;
    }

    public HtmlText Text(string text)
    {
        var shown = DisplayText.Neutralise(text).AsSpan();
        while (shown.IndexOfAny(Markup) is var at and >= 0)
        {
            output.Write(shown[..at]);
            output.Write($"&#{(int)shown[at]};");
            shown = shown[(at + 1)..];
        }

        output.Write(shown);
        return this;
    }

    public HtmlText Number(int number)
    {
        output.Write(number);
        return this;
    }

    /// <summary>An element that holds nothing but a text.</summary>
    public HtmlText Element(string name, string text) => Raw($"<{name}>").Text(text).Raw($"</{name}>");
}
