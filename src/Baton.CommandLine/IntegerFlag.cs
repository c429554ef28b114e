using Baton.CommandLine.Values;

namespace Baton.CommandLine;

/// <summary>A whole number in Go's syntax: decimal, <c>0x</c>, <c>0o</c>, <c>0b</c>, with <c>_</c> between digits.</summary>
public sealed class IntegerFlag(string name, string description, long defaultValue = 0)
    : Flag<long>(name, description, defaultValue)
{
    internal override string TypeWord => "int";

    internal override string DefaultText => Default == 0 ? "" : Default.ToString();

    public override long Parse(string text) => IntegerText.Parse(text);
}
