namespace Baton.Grafana.Api;

/// <summary>A membership of an account, from <c>/api/users/{id}/orgs</c> and <c>/api/user/orgs</c>.</summary>
internal sealed record GrafanaUserOrganization : IGrafanaRow
{
    public required long OrgId { get; init; }

    long IGrafanaRow.RowId => OrgId;

    public string? Name { get; init; }

    public string? Role { get; init; }

    public override string ToString() => $"organization {OrgId} ({Name})";
}
