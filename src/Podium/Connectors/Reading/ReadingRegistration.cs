namespace Podium.Connectors.Reading;

internal static class ReadingRegistration
{
    public static void AddConnectorReading(this IServiceCollection services)
    {
        services.AddSingleton<ConnectorList>();
        services.AddSingleton<ConnectorCredentials>();
        services.AddSingleton<ConnectorJournal>();
        services.AddSingleton<ConnectorChanges>();
    }
}
