using Baton.CommandLine.Values;

namespace Baton.CommandLine;

/// <summary>A list: comma-separated values, where double quotes protect commas; repeating the flag appends.</summary>
public sealed class StringsFlag(string name, string description, IReadOnlyList<string>? defaultValue = null)
    : Flag<IReadOnlyList<string>>(name, description, defaultValue ?? [])
{
    internal override string TypeWord => "strings";

    internal override string DefaultText => Default.Count == 0 ? "" : $"[{string.Join(',', Default)}]";

    public override IReadOnlyList<string> Parse(string text) => ListText.Parse(text);

    internal override object Accept(string text, object? earlier)
        => earlier is IReadOnlyList<string> values ? (string[])[.. values, .. Parse(text)] : Parse(text);
}
