namespace Baton.Configuration.Sources;

/// <summary>Finds the value of one field after another, in the strongest source that has one.</summary>
internal sealed class ValueReader(ConfigurationSchema schema, ConfigurationSources sources, ConfigurationFile? file)
{
    private readonly List<string> _problems = [];

    /// <summary>One for every value that could not be read; its field then has its default.</summary>
    public IReadOnlyList<string> Problems => _problems;

    public ResolvedValue Read(ConfigurationField field)
    {
        if (sources.Flags.IsSet(field.Name))
        {
            // A list given as a flag stands for itself. Upstream would add it to the environment's, which nobody expects.
            return new(field, field.Get(sources.Flags, schema.FlagOf(field)), ValueSource.Flag);
        }

        var variable = schema.Names.VariableOf(field.Name);
        if (sources.Environment(variable) is { Length: > 0 } text)
        {
            return Parse(field, text, ValueSource.Environment, variable);
        }

        return file?.Find(field.Name) switch
        {
            FileValue.Scalar scalar => Parse(field, scalar.Text, ValueSource.File, $"{field.Name} in {file.Path}"),
            FileValue.Sequence list when field is StringsField => new(field, list.Items, ValueSource.File),
            FileValue.Sequence list when field is StringField { IsLines: true } => new(field, string.Join('\n', list.Items), ValueSource.File),
            FileValue.Sequence => Refuse(field, ValueSource.File, $"invalid value for {field.Name} in {file.Path}: a list is not expected"),
            _ => new(field, field.DefaultValue, ValueSource.Default),
        };
    }

    private ResolvedValue Parse(ConfigurationField field, string text, ValueSource source, string place)
    {
        try
        {
            return new(field, field.Parse(WithoutLineBreak(text)), source);
        }
        catch (FormatException refusal)
        {
            return Refuse(field, source, $"invalid value for {place}: {refusal.Message}");
        }
    }

    /// <summary>The field stays set, or others would be reported for standing alone.</summary>
    private ResolvedValue Refuse(ConfigurationField field, ValueSource source, string problem)
    {
        _problems.Add(problem);
        return new(field, field.DefaultValue, source);
    }

    /// <summary>
    /// Values reach variables and files out of files of their own (a Kubernetes secret made with <c>echo</c>, say), and often bring along
    /// the line break at the end of those. No target accepts it as part of a password or token. A flag's value is exactly what was typed,
    /// and stays so.
    /// </summary>
    private static string WithoutLineBreak(string text)
        => text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
}
