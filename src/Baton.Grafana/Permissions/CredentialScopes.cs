using Baton.Grafana.Api;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Permissions;

/// <summary>Refuses a credential whose scopes are too narrow for what is to be listed.</summary>
internal static class CredentialScopes
{
    /// <exception cref="ConnectorException">A scope is missing or too narrow; the message names the action.</exception>
    public static async Task RequireAsync(
        GrafanaClient grafana, GrafanaVersion? version, IReadOnlyList<NeededAction> needed, CancellationToken cancellationToken)
    {
        if ((await OwnPermissions.ReadAsync(grafana, version, cancellationToken)).GapFor(needed) is { } gap)
        {
            throw new ConnectorException(StatusCode.PermissionDenied, gap);
        }
    }
}
