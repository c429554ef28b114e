using Baton.CommandLine.Values;

namespace Baton.CommandLine;

public sealed class StringFlag(string name, string description, string defaultValue = "")
    : Flag<string>(name, description, defaultValue)
{
    internal override string TypeWord => "string";

    internal override string DefaultText => Default.Length == 0 ? "" : QuotedText.Quote(Default);

    public override string Parse(string text) => text;
}
