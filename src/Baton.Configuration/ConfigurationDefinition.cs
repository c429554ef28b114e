namespace Baton.Configuration;

/// <summary>What can be configured in a program, as its authors write it down.</summary>
public sealed record ConfigurationDefinition
{
    public required ConfigurationNames Names { get; init; }

    /// <summary>Fields that all programs of a kind have. They go before the program's own, in help and in lists of errors.</summary>
    public IReadOnlyList<ConfigurationField> StandardFields { get; init; } = [];

    /// <summary>Checked by what is set, be it by flag, environment or file, even to its default.</summary>
    public IReadOnlyList<FieldRelationship> StandardRelationships { get; init; } = [];

    /// <summary>The program's own.</summary>
    public IReadOnlyList<ConfigurationField> Fields { get; init; } = [];

    /// <summary>Checked by what is not empty.</summary>
    public IReadOnlyList<FieldRelationship> Relationships { get; init; } = [];

    /// <summary>Without groups, every field is always in use.</summary>
    public IReadOnlyList<FieldGroup> Groups { get; init; } = [];

    /// <summary>The text field whose value names the group in use. Needed as soon as there are groups.</summary>
    public string? GroupField { get; init; }
}
