using System.Text.Json.Serialization;

namespace Baton.Grafana.Api;

/// <summary>A team, from <c>/api/teams/search</c> and <c>/api/teams/{id}</c>.</summary>
internal sealed record GrafanaTeam : IGrafanaRow
{
    public required long Id { get; init; }

    long IGrafanaRow.RowId => Id;

    public long OrgId { get; init; }

    /// <summary>Grafana 10 and later.</summary>
    public string? Uid { get; init; }

    public string? Name { get; init; }

    public string? Email { get; init; }

    /// <summary>Rows of accounts that are gone, or of another organization, are counted too in old versions.</summary>
    public long MemberCount { get; init; }

    /// <summary>Made by SCIM, which alone changes its members (Grafana 12 and later).</summary>
    public bool? IsProvisioned { get; init; }

    [JsonPropertyName("externalUID")]
    public string? ExternalUid { get; init; }
}

/// <summary>A page of <c>/api/teams/search</c>.</summary>
internal sealed record GrafanaTeamPage
{
    /// <summary>Of all organizations together in 6.5.</summary>
    public required long TotalCount { get; init; }

    /// <summary>How many rows a page has, which may be fewer than were asked for.</summary>
    public int? PerPage { get; init; }

    /// <summary>Null when there are none, in some versions.</summary>
    public required IReadOnlyList<GrafanaTeam>? Teams { get; init; }
}
