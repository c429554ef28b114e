namespace Baton.Grafana.Api;

/// <summary>A row of <c>/api/serviceaccounts/search</c>; a superset of what the versions send, what is absent is null.</summary>
internal sealed record GrafanaServiceAccount : IGrafanaRow
{
    /// <summary>Out of the same sequence as the ids of people's accounts.</summary>
    public required long Id { get; init; }

    long IGrafanaRow.RowId => Id;

    public string? Uid { get; init; }

    public string? Name { get; init; }

    public string? Login { get; init; }

    public long? OrgId { get; init; }

    public bool? IsDisabled { get; init; }

    /// <summary>Grafana made it for a plugin, and manages it (Grafana 10 and later).</summary>
    public bool? IsExternal { get; init; }

    /// <summary>Empty or <c>None</c> when it has none.</summary>
    public string? Role { get; init; }

    /// <summary>How many tokens it has.</summary>
    public long? Tokens { get; init; }
}

/// <summary>A page of <c>/api/serviceaccounts/search</c>.</summary>
internal sealed record GrafanaServiceAccountPage
{
    public required long TotalCount { get; init; }

    /// <summary>How many rows a page has, which may be fewer than were asked for.</summary>
    public int? PerPage { get; init; }

    /// <summary>Null when there are none, in some versions.</summary>
    public required IReadOnlyList<GrafanaServiceAccount>? ServiceAccounts { get; init; }
}
