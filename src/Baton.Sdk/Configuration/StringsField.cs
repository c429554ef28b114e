using System.Text.Json;
using Baton.CommandLine;

namespace Baton.Sdk.Configuration;

/// <summary>A list of texts. Given as a flag it replaces what the environment or the file says; repeating the flag appends.</summary>
public sealed class StringsField(string name) : ConfigurationField(name)
{
    public IReadOnlyList<string> Default { get; init; } = [];

    internal override string TypeName => "[]string";

    internal override object DefaultValue => Default;

    internal override bool IsZero(object value) => ((IReadOnlyList<string>)value).Count == 0;

    internal override object Parse(string text) => ((StringsFlag)Flag).Parse(text);

    internal override object Get(FlagValues flags) => flags.Get((StringsFlag)Flag);

    internal override string? FindProblem(object value) => null;

    internal override void WriteKind(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("stringSliceField");
        if (Default.Count > 0)
        {
            writer.WriteStartArray("defaultValue");
            foreach (var value in Default)
            {
                writer.WriteStringValue(value);
            }

            writer.WriteEndArray();
        }

        if (Required)
        {
            writer.WriteStartObject("rules");
            writer.WriteBoolean("isRequired", true);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private protected override Flag CreateFlag(string help)
        => new StringsFlag(Name, help, Default) { Short = Short, Hidden = Hidden, Persistent = Persistent };
}
