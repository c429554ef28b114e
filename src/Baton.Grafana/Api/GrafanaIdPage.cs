namespace Baton.Grafana.Api;

/// <summary>A page of <c>/api/teams/search</c> or <c>/api/serviceaccounts/search</c> where nothing but the ids is wanted.</summary>
internal sealed record GrafanaIdPage
{
    public required long TotalCount { get; init; }

    /// <summary>How many rows a page has, which may be fewer than were asked for.</summary>
    public int? PerPage { get; init; }

    public IReadOnlyList<GrafanaId>? Teams { get; init; }

    public IReadOnlyList<GrafanaId>? ServiceAccounts { get; init; }

    public IReadOnlyList<GrafanaId> Rows => Teams ?? ServiceAccounts ?? [];
}

/// <summary>A row of which only the id is wanted.</summary>
internal sealed record GrafanaId : IGrafanaRow
{
    public required long Id { get; init; }

    long IGrafanaRow.RowId => Id;
}
