using Podium.Connectors.Api;
using Podium.Connectors.Attempts;
using Podium.Connectors.Catalog;
using Podium.Connectors.Deployment;
using Podium.Connectors.Hosted;
using Podium.Connectors.Lists;
using Podium.Connectors.Syncs;
using Podium.Connectors.Uploads;
using Podium.Connectors.UseCases;
using Podium.Data;
using Podium.Hosting;
using Podium.Inventory.Applying;

namespace Podium.Connectors;

internal static class ConnectorRegistration
{
    public static IServiceCollection AddConnectors(this IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton(new ConnectorServiceOptions());
        services.AddSingleton<WorkSignal>();
        services.AddSingleton<AttemptQueue>();
        services.AddSingleton<AttemptLife>();
        services.AddSingleton<SyncLife>();
        services.AddSingleton<IAttemptFollower>(provider => provider.GetRequiredService<SyncLife>());
        services.AddSingleton<ProvisioningProbe>();
        services.AddSingleton<IAttemptFollower>(provider => provider.GetRequiredService<ProvisioningProbe>());
        services.AddSingleton<SyncSchedule>();
        services.AddSingleton<ConnectorPresence>();
        services.AddSingleton<ConnectorHello>();
        services.AddSingleton<Uploading>();
        services.AddSingleton<UploadRetention>();
        if (options.DatabaseOptions.Kind == DatabaseKind.Sqlite)
        {
            services.AddSingleton<IUploadStore, FileUploads>();
        }
        else
        {
            services.AddSingleton<IUploadStore, ChunkUploads>();
        }

        services.AddSingleton<ConnectorCatalog>();
        services.AddSingleton<SettingsVault>();
        services.AddConnectorUseCases();
        services.AddConnectorLists();
        services.AddConnectorApi();
        services.AddSingleton<ConnectorAccess>();
        services.AddSingleton<ConnectorDeployment>();
        services.AddSingleton<ChildStarter>();
        services.AddSingleton<HostingLeases>();
        services.AddSingleton<HostedRun>();
        services.AddSingleton<SettingsTrial>();
        services.AddSingleton<LineStore>();
        services.AddSingleton<ApplySync>(provider => provider.GetRequiredService<SyncApply>().ApplyAsync);
        services.AddSingleton<ReceivedSyncs>();
        services.AddHostedService(provider => provider.GetRequiredService<ReceivedSyncs>());
        services.AddHostedService<WorkNotices>();
        services.AddHostedService<ConnectorClockwork>();
        // They stop in the other order: the lines of processes that are being ended are still written.
        services.AddHostedService(provider => provider.GetRequiredService<LineStore>());
        services.AddSingleton<HostedConnectors>();
        services.AddHostedService(provider => provider.GetRequiredService<HostedConnectors>());
        return services;
    }

    private static void AddConnectorUseCases(this IServiceCollection services)
    {
        services.AddSingleton<ConnectorChange>();
        services.AddSingleton<CheckConnectorSettings>();
        services.AddSingleton<TryConnectorSettings>();
        services.AddSingleton<AddConnector>();
        services.AddSingleton<SaveConnectorSettings>();
        services.AddSingleton<SetConnectorOwners>();
        services.AddSingleton<RotateCredential>();
        services.AddSingleton<RevokeCredential>();
        services.AddSingleton<SyncNow>();
        services.AddSingleton<PauseConnector>();
        services.AddSingleton<ResumeConnector>();
        services.AddSingleton<RenameConnector>();
        services.AddSingleton<ScheduleConnector>();
        services.AddSingleton<DeleteConnector>();
        services.AddSingleton<DecideHeldSync>();
    }
}
