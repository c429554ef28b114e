using System.Text.Json;
using Baton.CommandLine;
using Baton.Sdk.Configuration.Validation;

namespace Baton.Sdk.Configuration;

public sealed class IntegerField(string name) : ConfigurationField(name)
{
    public long Default { get; init; }

    public IntegerRules Rules { get; init; } = IntegerRules.None;

    internal override string TypeName => "int";

    internal override object DefaultValue => Default;

    internal override bool IsZero(object value) => (long)value == 0;

    internal override object Parse(string text) => ((IntegerFlag)Flag).Parse(text);

    internal override object Get(FlagValues flags) => flags.Get((IntegerFlag)Flag);

    internal override string? FindProblem(object value)
        => IsZero(value) && !Rules.CheckZero ? null : Rules.FindProblem((long)value);

    internal override void WriteKind(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("intField");
        if (Default != 0)
        {
            // 64-bit numbers are text in the JSON form of protobuf.
            writer.WriteString("defaultValue", Default.ToString());
        }

        Rules.Write(writer, Required);
        writer.WriteEndObject();
    }

    private protected override Flag CreateFlag(string help)
        => new IntegerFlag(Name, help, Default) { Short = Short, Hidden = Hidden, Persistent = Persistent };
}
