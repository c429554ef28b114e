using System.Text.Json;
using Baton.CommandLine;

namespace Baton.Sdk.Configuration;

/// <summary>
/// One setting. It is a flag <c>--name</c>, an environment variable <c>BATON_NAME</c>, a key of the configuration file, and an
/// entry of the <c>config</c> document.
/// </summary>
public abstract class ConfigurationField
{
    private Flag? _flag;

    private protected ConfigurationField(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    /// <summary>Lower case, words joined by dashes.</summary>
    public string Name { get; }

    public string EnvironmentName => $"BATON_{Name.ToUpperInvariant().Replace('-', '_')}";

    public string Description { get; init; } = "";

    /// <summary>What a form calls the field.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>An example of a value, shown by forms.</summary>
    public string Placeholder { get; init; } = "";

    public char? Short { get; init; }

    /// <summary>May not be empty, unless the field belongs to a group that is not the one in use.</summary>
    public bool Required { get; init; }

    /// <summary>Never shown: not in errors, not in logs.</summary>
    public bool Secret { get; init; }

    /// <summary>Left out of help.</summary>
    public bool Hidden { get; init; }

    /// <summary>Gui by default.</summary>
    public FieldExport Export { get; init; }

    /// <summary>The field as a flag. Fields of the SDK are understood by every command, a connector's own by the main one.</summary>
    internal Flag Flag => _flag ??= CreateFlag(DescribeForHelp());

    /// <summary>Set on the SDK's own fields.</summary>
    internal bool Persistent { get; init; }

    internal abstract string TypeName { get; }

    internal abstract object DefaultValue { get; }

    internal abstract bool IsZero(object value);

    /// <summary>Reads the value as it stands in an environment variable or the file.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    internal abstract object Parse(string text);

    internal abstract object Get(FlagValues flags);

    /// <summary>What is wrong with the value, or null. Whether it may be missing is not asked here.</summary>
    internal abstract string? FindProblem(object value);

    /// <summary>Writes the kind of the field, its default and its rules as a member of the field's object.</summary>
    internal abstract void WriteKind(Utf8JsonWriter writer);

    private protected abstract Flag CreateFlag(string help);

    private string DescribeForHelp()
    {
        var required = Required ? "required: " : "";
        var space = Description.Length > 0 ? " " : "";
        return $"{required}{Description}{space}(${EnvironmentName})";
    }
}
