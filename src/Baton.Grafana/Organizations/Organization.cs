using Baton.Grafana.Api;

namespace Baton.Grafana.Organizations;

/// <summary>An organization, its name as Grafana has it.</summary>
internal sealed record Organization(long Id, string Name)
{
    public static Organization Of(GrafanaOrganization row) => new(row.Id, row.Name ?? "");

    public static Organization Of(GrafanaUserOrganization row) => new(row.OrgId, row.Name ?? "");

    /// <summary>As people know it, in errors and elsewhere.</summary>
    public override string ToString() => $"organization {Id} ({Name})";
}
