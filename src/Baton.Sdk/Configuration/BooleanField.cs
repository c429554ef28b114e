using System.Text.Json;
using Baton.CommandLine;

namespace Baton.Sdk.Configuration;

public sealed class BooleanField(string name) : ConfigurationField(name)
{
    public bool Default { get; init; }

    internal override string TypeName => "bool";

    internal override object DefaultValue => Default;

    internal override bool IsZero(object value) => !(bool)value;

    internal override object Parse(string text) => ((BooleanFlag)Flag).Parse(text);

    internal override object Get(FlagValues flags) => flags.Get((BooleanFlag)Flag);

    internal override string? FindProblem(object value) => null;

    internal override void WriteKind(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("boolField");
        if (Default)
        {
            writer.WriteBoolean("defaultValue", true);
        }

        writer.WriteEndObject();
    }

    private protected override Flag CreateFlag(string help)
        => new BooleanFlag(Name, help, Default) { Short = Short, Hidden = Hidden, Persistent = Persistent };
}
