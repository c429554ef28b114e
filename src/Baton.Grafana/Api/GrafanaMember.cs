namespace Baton.Grafana.Api;

/// <summary>A member of an organization, from <c>/api/orgs/{id}/users</c>, <c>/api/org/users</c> and their searches.</summary>
internal sealed record GrafanaMember : IGrafanaRow
{
    public required long UserId { get; init; }

    long IGrafanaRow.RowId => UserId;

    public long OrgId { get; init; }

    public string? Uid { get; init; }

    public string? Name { get; init; }

    public string? Login { get; init; }

    public string? Email { get; init; }

    public string? Role { get; init; }

    public bool? IsDisabled { get; init; }

    public bool? IsExternallySynced { get; init; }

    public bool? IsProvisioned { get; init; }

    public string? LastSeenAt { get; init; }

    public string? Created { get; init; }

    public IReadOnlyList<string>? AuthLabels { get; init; }
}

/// <summary>A page of <c>/api/org/users/search</c>.</summary>
internal sealed record GrafanaMemberPage
{
    public required long TotalCount { get; init; }

    /// <summary>How many rows a page has, which may be fewer than were asked for.</summary>
    public int? PerPage { get; init; }

    /// <summary>Null when there are none, in some versions.</summary>
    public required IReadOnlyList<GrafanaMember>? OrgUsers { get; init; }
}
