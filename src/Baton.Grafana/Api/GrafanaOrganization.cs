namespace Baton.Grafana.Api;

/// <summary>An organization, from <c>/api/orgs</c> and <c>/api/org</c>.</summary>
internal sealed record GrafanaOrganization : IGrafanaRow
{
    public required long Id { get; init; }

    long IGrafanaRow.RowId => Id;

    public string? Name { get; init; }

    public override string ToString() => $"organization {Id} ({Name})";
}
