using Baton.CommandLine.Values;

namespace Baton.CommandLine;

/// <summary>A text of lines, each given by one occurrence of the flag: exactly as it was typed, commas and quotation marks included.</summary>
public sealed class LinesFlag(string name, string description, string defaultValue = "")
    : Flag<string>(name, description, defaultValue)
{
    internal override string TypeWord => "string";

    internal override string DefaultText => Default.Length == 0 ? "" : QuotedText.Quote(Default);

    public override string Parse(string text) => text;

    internal override object Accept(string text, object? earlier) => earlier is string lines ? $"{lines}\n{text}" : text;
}
