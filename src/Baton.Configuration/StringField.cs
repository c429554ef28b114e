using Baton.CommandLine;
using Baton.Configuration.Validation;

namespace Baton.Configuration;

public sealed class StringField(string name) : ConfigurationField(name)
{
    public string Default { get; init; } = "";

    /// <summary>How help calls the default, where it is another one each time.</summary>
    public string? DefaultWords { get; init; }

    /// <summary>Looked at only when the value is not empty.</summary>
    public StringRules Rules { get; init; } = StringRules.None;

    /// <summary>Each occurrence of the flag is one line of the value, as is each item of a list in the configuration file.</summary>
    public bool IsLines { get; init; }

    /// <summary>What of a secret value must not be shown, where it is found without the rest of it; null when only the whole is secret.</summary>
    public Func<string, IEnumerable<string>>? SecretParts { get; init; }

    internal override string TypeName => "string";

    internal override object DefaultValue => Default;

    internal override bool IsZero(object value) => ((string)value).Length == 0;

    internal override object Parse(string text) => text;

    internal override object Get(FlagValues flags, Flag flag) => flags.Get((Flag<string>)flag);

    internal override string? FindProblem(object value)
        => IsZero(value) ? null : Rules.FindProblem((string)value, Secret);

    private protected override Flag CreateFlagWith(string help) => IsLines
        ? new LinesFlag(Name, help, Default) { Short = Short, Hidden = Hidden, Persistent = Persistent, DefaultWords = DefaultWords }
        : new StringFlag(Name, help, Default) { Short = Short, Hidden = Hidden, Persistent = Persistent, DefaultWords = DefaultWords };
}
