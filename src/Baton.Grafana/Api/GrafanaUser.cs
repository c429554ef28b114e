namespace Baton.Grafana.Api;

/// <summary>A row of <c>/api/users</c>, <c>/api/users/search</c>; a superset of what the versions send, what is absent is null.</summary>
internal sealed record GrafanaUser : IGrafanaRow
{
    public required long Id { get; init; }

    long IGrafanaRow.RowId => Id;

    public string? Uid { get; init; }

    public string? Name { get; init; }

    public string? Login { get; init; }

    public string? Email { get; init; }

    public bool? IsAdmin { get; init; }

    public bool? IsDisabled { get; init; }

    public bool? IsExternal { get; init; }

    public bool? IsExternallySynced { get; init; }

    public bool? IsProvisioned { get; init; }

    public string? LastSeenAt { get; init; }

    public string? Created { get; init; }

    public IReadOnlyList<string>? AuthLabels { get; init; }
}

/// <summary>A page of <c>/api/users/search</c>.</summary>
internal sealed record GrafanaUserPage
{
    public required long TotalCount { get; init; }

    /// <summary>How many rows a page has, which may be fewer than were asked for.</summary>
    public int? PerPage { get; init; }

    /// <summary>Null when there are none, in some versions.</summary>
    public required IReadOnlyList<GrafanaUser>? Users { get; init; }
}
