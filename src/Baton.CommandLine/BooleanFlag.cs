using Baton.CommandLine.Values;

namespace Baton.CommandLine;

/// <summary>True by its presence; <c>--name=false</c> is the only way to say otherwise.</summary>
public sealed class BooleanFlag(string name, string description, bool defaultValue = false)
    : Flag<bool>(name, description, defaultValue)
{
    internal override bool TakesValue => false;

    internal override string TypeWord => "";

    internal override string DefaultText => Default ? "true" : "";

    public override bool Parse(string text) => BooleanText.Parse(text);
}
