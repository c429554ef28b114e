using Baton.CommandLine;

namespace Baton.Configuration;

/// <summary>A list of texts. Given as a flag it replaces what the environment or the file says; repeating the flag appends.</summary>
public sealed class StringsField(string name) : ConfigurationField(name)
{
    public IReadOnlyList<string> Default { get; init; } = [];

    internal override string TypeName => "[]string";

    internal override object DefaultValue => Default;

    internal override bool IsZero(object value) => ((IReadOnlyList<string>)value).Count == 0;

    internal override object Parse(string text) => Trimmed(new StringsFlag(Name, "").Parse(text));

    internal override object Get(FlagValues flags, Flag flag) => Trimmed(flags.Get((StringsFlag)flag));

    internal override string? FindProblem(object value) => null;

    // People write a blank behind a comma.
    private static IReadOnlyList<string> Trimmed(IReadOnlyList<string> values) => [.. values.Select(value => value.Trim())];

    private protected override Flag CreateFlagWith(string help)
        => new StringsFlag(Name, help, Default) { Short = Short, Hidden = Hidden, Persistent = Persistent };
}
