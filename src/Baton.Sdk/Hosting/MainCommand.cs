using Baton.CommandLine;
using Baton.Sdk.Configuration;
using Baton.Sdk.Connectors;
using Baton.Sdk.Hosting.Service;
using Baton.Sdk.Hosting.Telemetry;
using Baton.Sdk.Logging;
using Baton.Sdk.Sync;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Hosting;

/// <summary>The command without a name: what it does depends on the configuration. A sync, when nothing else is asked for.</summary>
internal sealed partial class MainCommand(ConnectorDefinition definition, ConfigurationSchema schema, ProcessEnvironment environment)
{
    private static readonly string[] LogSettings = ["log-format", "log-level", "log-path"];

    private static readonly string[] OtherOperations =
    [
        "grant-entitlement", "revoke-grant", "create-account-login", "create-account-email", "create-account-profile", "delete-resource",
        "rotate-credentials", "event-feed", "invoke-action", "get-ticket", "diff-syncs", "compact-syncs", "create-ticket",
        "bulk-create-ticket", "list-ticket-schemas", "list-action-schemas", "list-resource-actions", "invoke-resource-action",
    ];

    public async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var configuration = new ConfigurationResolver(schema).Resolve(ConnectorHost.Sources(invocation, environment));
        RequireSync(configuration);
        var forPeople = environment.ErrorIsTerminal && !AsksForLogs(configuration) && !ServiceMode.IsAskedFor(configuration);
        await using var display = forPeople ? new TerminalDisplay(invocation.Error, environment.Time) : null;
        var telemetry = TelemetrySettings.From(configuration, environment);
        await using var export = telemetry is null ? null : new TelemetryExport(telemetry, definition, environment.Variables("OTEL_BLRP_SCHEDULE_DELAY"));
        using ILoggerFactory log = display is null
            ? new StructuredLoggerFactory(LoggingOptions.From(configuration), environment.LogStreams, environment.Time)
            : new TerminalLoggers(display, configuration.Secrets);
        var loggers = export?.Logs is { } exported ? new ExportedLoggers(log, exported, new Redactor(configuration.Secrets)) : log;
        if (telemetry is { IsUnprotected: true })
        {
            LogUnprotected(loggers.CreateLogger("Baton.Sdk.Hosting.MainCommand"));
        }

        try
        {
            if (ServiceMode.IsAskedFor(configuration))
            {
                await new ServiceMode(definition, configuration, environment, loggers).RunAsync(cancellationToken);
            }
            else
            {
                await SyncAsync(configuration, loggers, display, cancellationToken);
            }

            return ExitCode.Success;
        }
        catch (Exception failure) when (ExitCode.IsForeseen(failure))
        {
            if (display is null)
            {
                var logger = loggers.CreateLogger("Baton.Sdk.Hosting.MainCommand");
                LogTaskFailed(logger, FailureText.Of(failure), "", "sync_full");
                LogFailed(logger, FailureText.Of(failure));
            }

            throw;
        }
    }

    private async Task SyncAsync(ResolvedConfiguration configuration, ILoggerFactory loggers, TerminalDisplay? display, CancellationToken cancellationToken)
    {
        var options = SyncSettings.From(configuration, environment, definition.Source(configuration));
        if (configuration.GetString("storage-engine") == "pebble")
        {
            LogEngine(loggers.CreateLogger("Baton.Sdk.Hosting.MainCommand"));
        }

        await using var connector = definition.Create(configuration, SyncSettings.ContextFor(options, configuration, environment, loggers));
        var runner = new SyncRunner(connector, options, environment.Time, loggers.CreateLogger("Baton.Sdk.Sync.SyncEngine"));
        display?.Follow(runner.Progress);
        var summary = await runner.RunAsync(cancellationToken);
        display?.Finish(summary);
    }

    private static bool AsksForLogs(ResolvedConfiguration configuration)
        => Array.Exists(LogSettings, name => configuration.GetSource(name) != ValueSource.Default);

    // What is asked for and cannot be done must not become a sync that nobody asked for.
    private static void RequireSync(ResolvedConfiguration configuration)
    {
        foreach (var operation in OtherOperations)
        {
            if (configuration.GetSource(operation) != ValueSource.Default)
            {
                throw NotAvailable($"--{operation}");
            }
        }
    }

    private static ConnectorException NotAvailable(string what)
        => new(StatusCode.Unimplemented, $"{what} is not available in this version; leave it out to sync into a file");

    [LoggerMessage(EventId = 3001, Level = LogLevel.Error, Message = "runner: error processing on-demand task")]
    private static partial void LogTaskFailed(ILogger logger, string error, string taskId, string taskType);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Error, Message = "error running connector")]
    private static partial void LogFailed(ILogger logger, string error);

    [LoggerMessage(EventId = 3111, Level = LogLevel.Warning, Message = "telemetry crosses the network unprotected")]
    private static partial void LogUnprotected(ILogger logger);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Warning, Message = "storage engine pebble is not available: the file is written with sqlite (v1), which every reader takes")]
    private static partial void LogEngine(ILogger logger);
}
