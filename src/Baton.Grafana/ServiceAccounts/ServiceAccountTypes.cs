using Baton.Grafana.Organizations;
using Baton.Grafana.Servers;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.ServiceAccounts;

/// <summary>The resource types of service accounts.</summary>
internal static class ServiceAccountTypes
{
    /// <summary>
    /// Tokens are there, and can be issued, only where they are asked for twice: by their switch, and by the selection of types, if there
    /// is one.
    /// </summary>
    public static IReadOnlyList<IResourceSyncer> Of(
        IOrganizationReach reach, ServerBuildProbe build, Uri instance, GrafanaOptions options, ConnectorContext context)
    {
        var directory = new ServiceAccountDirectory(reach, build);
        if (!options.SyncServiceAccountTokens || !IsSelected(ServiceAccountTokenResource.TypeId))
        {
            return [new ServiceAccountSyncer(directory, build, IsSelected(OrganizationSyncer.TypeId))];
        }

        var logger = context.Loggers.CreateLogger("Baton.Grafana.ServiceAccounts.TokenIssuing");
        var issuing = new TokenIssuing(directory, build, instance, context.Time, logger);
        return
        [
            new IssuingServiceAccountSyncer(directory, build, IsSelected(OrganizationSyncer.TypeId), issuing),
            new ServiceAccountTokenSyncer(directory, new TokenRemoval(directory, build, context.Time, logger)),
        ];

        bool IsSelected(string type) => context.SelectedTypes.Count == 0 || context.SelectedTypes.Contains(type, StringComparer.Ordinal);
    }
}
