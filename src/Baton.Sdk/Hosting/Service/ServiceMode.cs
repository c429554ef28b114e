using Baton.Configuration;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Hosting.Health;
using Baton.Sdk.Hosting.Service.Supervision;
using Baton.Sdk.Provisioning;
using Baton.Sdk.Tasks;
using Baton.Sdk.Tasks.Handlers;
using Baton.Sdk.Tasks.Syncs;
using Baton.Sdk.Tasks.Transport;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Hosting.Service;

/// <summary>
/// The connector as a service of the platform: it says hello, and works on tasks until it is asked to stop. Composed here, and nowhere
/// else, from the configuration.
/// </summary>
/// <param name="definition">The connector.</param>
/// <param name="configuration">What is configured.</param>
/// <param name="environment">The process's surroundings.</param>
/// <param name="loggers">Where is logged.</param>
/// <param name="copyLog">Begins to write what the caller logs to a file as well, see <see cref="DebugLog"/>; null when it cannot be.</param>
internal sealed partial class ServiceMode(
    ConnectorDefinition definition, ResolvedConfiguration configuration, ProcessEnvironment environment, ILoggerFactory loggers, Func<string, IDisposable>? copyLog)
{
    private readonly ILogger _logger = loggers.CreateLogger("Baton.Sdk.Hosting.Service.ServiceMode");

    private bool MayProvision => configuration.GetBoolean("provisioning");

    private TimeSpan ShutdownTimeout => TimeSpan.FromSeconds(configuration.GetInteger("shutdown-timeout"));

    /// <summary>Whether the configuration asks for it: a client id does.</summary>
    public static bool IsAskedFor(ResolvedConfiguration configuration) => configuration.GetString("client-id").Length > 0;

    /// <returns>When the process was asked to stop and everything is tidied up.</returns>
    /// <exception cref="ConfigurationException">Client id or secret are not what they must be.</exception>
    /// <exception cref="PlatformException">The platform refuses who we are, and would again.</exception>
    public async System.Threading.Tasks.Task RunAsync(CancellationToken stopping)
    {
        using var credentials = ServiceCredentials.From(configuration, loggers.CreateLogger(typeof(CurrentClientSecret).FullName!));
        var syncs = SyncSettings.ForTasks(configuration, environment, definition.Source(configuration));
        await using var connector = definition.Create(configuration, SyncSettings.ContextFor(syncs.Options, configuration, environment, loggers));
        using var platform = new PlatformClient(Platform(credentials), environment.Time, loggers.CreateLogger("Baton.Sdk.Tasks.Transport.PlatformClient"));
        using var spool = new SyncSpool(
            syncs.Options.File.TemporaryFolder ?? Path.GetTempPath(), credentials.Client.Original, environment.Time);
        var journal = new TaskJournal(environment.Time, loggers.CreateLogger("Baton.Sdk.Tasks.TaskJournal"));
        await using var target = new TargetProbe(connector.ValidateAsync, () => journal.Standing.LastSync, configuration.RefreshSecrets, environment.Time);

        // Before the first hello: a service that waits for its platform is looked at more than any other.
        await using var health = StartHealth(target, journal, stopping);
        using var supervisor = NotifySocket.Open(environment.Variables, loggers.CreateLogger("Baton.Sdk.Hosting.Service.Supervision.NotifySocket"));
        using var supervision = new ServiceSupervision(supervisor, journal, configuration.Redactor, ShutdownTimeout, environment, stopping);
        var greeting = new Greeting(
            platform, HelloDetails.Collect(definition.Package, definition.Version), () => Describe(connector, MayProvision), journal, environment.Time, _logger);

        try
        {
            await greeting.SayFirstAsync(stopping);
            LogReady(platform.HostId);
            var debugLog = new DebugLog(syncs.Options.File.TemporaryFolder ?? Path.GetTempPath(), copyLog);
            await Loop(Handlers(connector, credentials, syncs, spool, greeting, journal), platform, journal, debugLog).RunAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Asked to stop before there was anything to do.
        }

        LogStopped();
    }

    private HealthServer? StartHealth(TargetProbe target, TaskJournal journal, CancellationToken stopping)
    {
        if (!configuration.GetBoolean("health-check"))
        {
            return null;
        }

        var endpoints = new HealthEndpoints(target, () => journal.Standing, configuration.Redactor, MayProvision, environment.Time, stopping);
        return HealthServer.Start(
            HealthAddress.From(configuration), endpoints.AnswerAsync, environment.Time, loggers.CreateLogger("Baton.Sdk.Hosting.Health.HealthServer"));
    }

    private PlatformOptions Platform(ServiceCredentials credentials) => new()
    {
        Client = credentials.Client,
        Secret = credentials.Secret.Read,
        HostId = HostIdentity.Of(environment.Variables),
        Variables = environment.Variables,
        CertificateAuthorityPath = configuration.GetString("platform-ca-cert") is { Length: > 0 } path ? Path.Combine(environment.WorkingDirectory, path) : null,
        TokenTimeout = PlatformOptions.TokenTimeoutWithin(TimeSpan.FromSeconds(configuration.GetInteger("http-timeout-seconds"))),
    };

    // Whoever plans changes must know before it asks for one whether this process was told to make any.
    private static ConnectorMetadata Describe(IConnector connector, bool mayProvision)
    {
        var metadata = connector.Metadata.Clone();
        metadata.Profile ??= new();
        metadata.Profile.Fields["provisioning"] = Google.Protobuf.WellKnownTypes.Value.ForBool(mayProvision);
        metadata.Capabilities = CapabilitiesDocument.Of(connector);
        return metadata;
    }

    private IEnumerable<ITaskHandler> Handlers(
        IConnector connector, ServiceCredentials credentials, SyncTaskSettings syncs, SyncSpool spool, Greeting greeting, TaskJournal journal)
    {
        var logger = loggers.CreateLogger("Baton.Sdk.Provisioning");
        var provisioning = new ProvisioningGate(MayProvision);
        var tickets = new TicketGate(configuration.GetBoolean("ticketing"));
        var grants = new GrantProvisioning(connector, logger);
        var actions = new ActionInvocations(connector, logger);
        return
        [
            new HelloHandler(greeting),
            new SyncFullHandler(connector, syncs, spool, journal, environment.Time, loggers.CreateLogger("Baton.Sdk.Sync.SyncEngine")),
            new GrantHandler(grants, provisioning),
            new RevokeHandler(grants, provisioning),
            new CreateAccountHandler(() => new AccountProvisioning(connector, credentials.Secret.Read(), logger), provisioning),
            new CreateResourceHandler(provisioning),
            new DeleteResourceHandler(new ResourceDeletion(connector, logger), provisioning),
            new RotateCredentialsHandler(provisioning),
            new IssueCredentialHandler(new CredentialIssuing(connector, environment.Time, logger), provisioning),
            new ActionListSchemasHandler(actions),
            new ActionGetSchemaHandler(actions),
            new ActionInvokeHandler(actions, provisioning),
            new ActionStatusHandler(actions),
            new ListEventFeedsHandler(),
            new ListEventsHandler(),
            new CreateTicketHandler(tickets),
            new GetTicketHandler(tickets),
            new ListTicketSchemasHandler(tickets),
            new BulkCreateTicketsHandler(tickets),
            new BulkGetTicketsHandler(tickets),
        ];
    }

    private TaskLoop Loop(IEnumerable<ITaskHandler> handlers, PlatformClient platform, TaskJournal journal, DebugLog debugLog)
    {
        var logger = loggers.CreateLogger("Baton.Sdk.Tasks.TaskLoop");
        var concurrency = (int)configuration.GetInteger("task-concurrency");
        ITaskSource source = IsTrue(environment.Variables("BATON_GET_TASKS"))
            ? new BatchTaskSource(platform, concurrency, environment.Time, logger)
            : new SingleTaskSource(platform);
        var worker = new TaskWorker(handlers, platform, journal, debugLog, configuration.Redactor, environment.Time, logger);
        return new(source, worker, journal, concurrency, ShutdownTimeout, environment.Time, logger);
    }

    private static bool IsTrue(string? text) => text is "1" or "t" or "T" or "true" or "TRUE" or "True";

    [LoggerMessage(EventId = 3011, Level = LogLevel.Information, Message = "connected to the platform, waiting for tasks")]
    private partial void LogReady(string hostId);

    [LoggerMessage(EventId = 3012, Level = LogLevel.Information, Message = "stopped")]
    private partial void LogStopped();
}
