using System.Text.Json;
using Baton.CommandLine;
using Baton.Sdk.Configuration.Validation;

namespace Baton.Sdk.Configuration;

public sealed class StringField(string name) : ConfigurationField(name)
{
    public string Default { get; init; } = "";

    /// <summary>How help calls the default, where it is another one each time.</summary>
    public string? DefaultWords { get; init; }

    /// <summary>Looked at only when the value is not empty.</summary>
    public StringRules Rules { get; init; } = StringRules.None;

    internal override string TypeName => "string";

    internal override object DefaultValue => Default;

    internal override bool IsZero(object value) => ((string)value).Length == 0;

    internal override object Parse(string text) => text;

    internal override object Get(FlagValues flags) => flags.Get((StringFlag)Flag);

    internal override string? FindProblem(object value)
        => IsZero(value) ? null : Rules.FindProblem((string)value, Secret);

    internal override void WriteKind(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("stringField");
        if (Default.Length > 0)
        {
            writer.WriteString("defaultValue", Default);
        }

        Rules.Write(writer, Required);
        writer.WriteEndObject();
    }

    private protected override Flag CreateFlag(string help)
        => new StringFlag(Name, help, Default) { Short = Short, Hidden = Hidden, Persistent = Persistent, DefaultWords = DefaultWords };
}
