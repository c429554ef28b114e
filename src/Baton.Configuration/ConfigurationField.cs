using Baton.CommandLine;

namespace Baton.Configuration;

/// <summary>
/// One setting. It is a flag <c>--name</c>, an environment variable whose name ends in <c>NAME</c>, and a key of the configuration
/// file.
/// </summary>
public abstract class ConfigurationField
{
    private protected ConfigurationField(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    /// <summary>Lower case, words joined by dashes.</summary>
    public string Name { get; }

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

    /// <summary>The flag is also understood by every command below the main one.</summary>
    public bool Persistent { get; init; }

    internal abstract string TypeName { get; }

    internal abstract object DefaultValue { get; }

    internal abstract bool IsZero(object value);

    /// <summary>Reads the value as it stands in an environment variable or the file.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    internal abstract object Parse(string text);

    /// <param name="flags">What was given.</param>
    /// <param name="flag">The one that was made of this field.</param>
    internal abstract object Get(FlagValues flags, Flag flag);

    /// <summary>What is wrong with the value, or null. Whether it may be missing is not asked here.</summary>
    internal abstract string? FindProblem(object value);

    /// <param name="variable">The field's variable, which help shows.</param>
    internal Flag CreateFlag(string variable)
    {
        var required = Required ? "required: " : "";
        var space = Description.Length > 0 ? " " : "";
        return CreateFlagWith($"{required}{Description}{space}(${variable})");
    }

    private protected abstract Flag CreateFlagWith(string help);
}
