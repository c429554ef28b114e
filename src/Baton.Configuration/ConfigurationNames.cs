namespace Baton.Configuration;

/// <summary>What the variables and files of one program are called.</summary>
public sealed record ConfigurationNames
{
    /// <summary>Before the name of every variable, such as <c>BATON_</c>.</summary>
    public required string EnvironmentPrefix { get; init; }

    /// <summary>What the configuration file may be called in the working directory; the first that is there is read.</summary>
    public required IReadOnlyList<string> FileNames { get; init; }

    /// <summary>The variable that names another configuration file.</summary>
    public string PathVariable => VariableOf("config-path");

    /// <summary>The variable of a field: <c>log-level</c> is <c>BATON_LOG_LEVEL</c>.</summary>
    public string VariableOf(string field) => EnvironmentPrefix + field.ToUpperInvariant().Replace('-', '_');
}
