namespace Baton.Configuration;

/// <summary>A rule on which fields may be set beside which.</summary>
public sealed record FieldRelationship
{
    private FieldRelationship(RelationshipKind kind, IReadOnlyList<string> fields, IReadOnlyList<string>? dependsOn = null)
    {
        Kind = kind;
        Fields = fields;
        DependsOn = dependsOn ?? [];
    }

    public RelationshipKind Kind { get; }

    public IReadOnlyList<string> Fields { get; }

    /// <summary>Only of <see cref="RelationshipKind.Dependent"/>: what must be set as soon as one of the fields is.</summary>
    public IReadOnlyList<string> DependsOn { get; }

    public static FieldRelationship Together(params IReadOnlyList<string> fields) => new(RelationshipKind.Together, fields);

    public static FieldRelationship Exclusive(params IReadOnlyList<string> fields) => new(RelationshipKind.Exclusive, fields);

    public static FieldRelationship AtLeastOne(params IReadOnlyList<string> fields) => new(RelationshipKind.AtLeastOne, fields);

    public static FieldRelationship Dependent(IReadOnlyList<string> fields, IReadOnlyList<string> dependsOn)
        => new(RelationshipKind.Dependent, fields, dependsOn);
}
