using Baton.Grafana.Api;
using Baton.Grafana.Organizations;

namespace Baton.Grafana.ServiceAccounts;

/// <summary>A service account, and the organization that it belongs to for good.</summary>
internal sealed record PlacedServiceAccount(GrafanaServiceAccount Row, OrganizationView View)
{
    public long Id => Row.Id;

    public string Name => !string.IsNullOrEmpty(Row.Name) ? Row.Name : Row.Login ?? "";

    /// <summary>As people know it.</summary>
    public override string ToString() => $"service account {Id} ({Name}) of {View.Organization}";
}
