namespace Baton.Grafana.Api;

/// <summary>A role of access control (Enterprise and Cloud), from <c>/api/access-control/roles</c> and from whoever holds it.</summary>
internal sealed record GrafanaRbacRole
{
    /// <summary>The same in every instance; what identifies the role.</summary>
    public required string Name { get; init; }

    /// <summary>Of this instance, mostly; what addresses the role.</summary>
    public string? Uid { get; init; }

    public string? DisplayName { get; init; }

    public string? Description { get; init; }

    public string? Group { get; init; }

    /// <summary>One role in all organizations; otherwise each organization that has one of the name has its own.</summary>
    public bool? Global { get; init; }

    public bool? Hidden { get; init; }
}
