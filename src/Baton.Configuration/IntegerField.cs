using Baton.CommandLine;
using Baton.Configuration.Validation;

namespace Baton.Configuration;

public sealed class IntegerField(string name) : ConfigurationField(name)
{
    public long Default { get; init; }

    public IntegerRules Rules { get; init; } = IntegerRules.None;

    internal override string TypeName => "int";

    internal override object DefaultValue => Default;

    internal override bool IsZero(object value) => (long)value == 0;

    internal override object Parse(string text) => new IntegerFlag(Name, "").Parse(text.Trim());

    internal override object Get(FlagValues flags, Flag flag) => flags.Get((IntegerFlag)flag);

    internal override string? FindProblem(object value)
        => IsZero(value) && !Rules.CheckZero ? null : Rules.FindProblem((long)value);

    private protected override Flag CreateFlagWith(string help)
        => new IntegerFlag(Name, help, Default) { Short = Short, Hidden = Hidden, Persistent = Persistent };
}
