namespace Podium.Connectors.Lists;

internal static class ListsRegistration
{
    public static void AddConnectorLists(this IServiceCollection services)
    {
        services.AddSingleton<ConnectorList>();
        services.AddSingleton<ConnectorCredentials>();
        services.AddSingleton<SyncList>();
        services.AddSingleton<ConnectorLines>();
        services.AddSingleton<ConnectorJournal>();
        services.AddSingleton<ConnectorChanges>();
    }
}
