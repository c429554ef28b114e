namespace Baton.Grafana.Api;

/// <summary>An account by itself, from <c>/api/user</c> and <c>/api/users/{id}</c>.</summary>
internal sealed record GrafanaProfile : IGrafanaRow
{
    public required long Id { get; init; }

    long IGrafanaRow.RowId => Id;

    public string? Uid { get; init; }

    public string? Name { get; init; }

    public string? Login { get; init; }

    public string? Email { get; init; }

    public bool? IsGrafanaAdmin { get; init; }

    /// <summary>An identity provider decides on <see cref="IsGrafanaAdmin"/> (Grafana 9.5 and later).</summary>
    public bool? IsGrafanaAdminExternallySynced { get; init; }

    public bool? IsDisabled { get; init; }

    public bool? IsExternal { get; init; }

    public bool? IsExternallySynced { get; init; }

    public bool? IsProvisioned { get; init; }

    public string? CreatedAt { get; init; }

    public IReadOnlyList<string>? AuthLabels { get; init; }
}
