namespace Baton.Configuration;

/// <summary>
/// Fields that make one way of configuring a program, usually one way of authenticating. One group is in use at a time: the one
/// that a field names, else the one whose own fields are set, else the default one.
/// </summary>
public sealed record FieldGroup
{
    public required string Name { get; init; }

    public string DisplayName { get; init; } = "";

    public string HelpText { get; init; } = "";

    /// <summary>Names of the program's own fields; a field may be in several groups.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>Of one group at most. Without any, the first group is the default.</summary>
    public bool Default { get; init; }
}
