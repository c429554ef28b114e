using Baton.Sdk.Connectors;

namespace Baton.Grafana.Api;

/// <content>Who administrates the server.</content>
internal sealed partial class GrafanaClient
{
    /// <summary>Makes an account a server administrator, or takes that from it.</summary>
    public Task<WriteAnswer> SetServerAdministratorAsync(Change change, long id, bool isServerAdministrator, CancellationToken cancellationToken)
        => WriteAsync(
            change, HttpMethod.Put, $"api/admin/users/{id}/permissions", isServerAdministrator ? """{"isGrafanaAdmin":true}""" : """{"isGrafanaAdmin":false}""", cancellationToken);
}
