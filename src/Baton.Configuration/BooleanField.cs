using Baton.CommandLine;

namespace Baton.Configuration;

public sealed class BooleanField(string name) : ConfigurationField(name)
{
    public bool Default { get; init; }

    internal override string TypeName => "bool";

    internal override object DefaultValue => Default;

    internal override bool IsZero(object value) => !(bool)value;

    internal override object Parse(string text) => new BooleanFlag(Name, "").Parse(text.Trim());

    internal override object Get(FlagValues flags, Flag flag) => flags.Get((BooleanFlag)flag);

    internal override string? FindProblem(object value) => null;

    private protected override Flag CreateFlagWith(string help)
        => new BooleanFlag(Name, help, Default) { Short = Short, Hidden = Hidden, Persistent = Persistent };
}
