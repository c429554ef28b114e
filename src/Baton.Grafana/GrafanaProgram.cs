using System.Reflection;
using Baton.Sdk.Hosting;

namespace Baton.Grafana;

/// <summary>The connector as a program.</summary>
internal static class GrafanaProgram
{
    public static ConnectorDefinition Definition { get; } = new()
    {
        Name = "baton-grafana",
        Version = typeof(GrafanaProgram).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "dev",
        Summary = "Sync who has access to a Grafana instance",
        Schema = GrafanaSchema.Create(),
        Create = (configuration, context) => GrafanaConnector.Create(GrafanaSchema.Options(configuration), context),

        // The document of capabilities shows all that there can be.
        CreateDefault = context => GrafanaConnector.Create(
            new GrafanaOptions { Hostname = "https://grafana.example.com", Username = "admin", SyncServiceAccountTokens = true }, context),
        Source = configuration =>
        {
            var options = GrafanaSchema.Options(configuration);
            return $"grafana {options.Hostname} {(options.Token is null ? "server" : "organization")}";
        },
    };
}
