using Baton.CommandLine;
using Baton.Configuration;
using Baton.Sdk.Hosting.OneShot;
using Baton.Sdk.Hosting.Service;
using Baton.Sdk.Hosting.Telemetry;
using Baton.Sdk.Logging;
using Baton.Sdk.Sync;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Hosting;

/// <summary>The command without a name: what it does depends on the configuration. A sync, when no operation is asked for.</summary>
internal sealed partial class MainCommand(ConnectorDefinition definition, ConfigurationSchema schema, ProcessEnvironment environment)
{
    private static readonly string[] LogSettings = ["log-format", "log-level", "log-path"];

    public async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var configuration = new ConfigurationResolver(schema).Resolve(ConnectorHost.Sources(invocation, environment), OneShotSelection.IsOnFilesAlone);
        var oneShot = OneShotSelection.Find(configuration);
        RequireOneMode(configuration, oneShot?.Operation);
        var forPeople = environment.ErrorIsTerminal && !AsksForLogs(configuration) && !ServiceMode.IsAskedFor(configuration);
        await using var display = forPeople ? new TerminalDisplay(invocation.Error, environment.Time) : null;
        var telemetry = TelemetrySettings.From(configuration, environment);
        await using var export = telemetry is null ? null : new TelemetryExport(telemetry, definition, environment.Variables);
        using ILoggerFactory log = display is null
            ? new StructuredLoggerFactory(LoggingOptions.From(configuration), environment.LogStreams, environment.Time)
            : new TerminalLoggers(display, configuration.Redactor);
        var loggers = export?.Logs is { } exported ? new ExportedLoggers(log, exported, configuration.Redactor) : log;
        if (telemetry is { IsUnprotected: true })
        {
            LogUnprotected(loggers.CreateLogger("Baton.Sdk.Hosting.MainCommand"));
        }

        foreach (var field in configuration.QuotedVariables)
        {
            LogQuoted(loggers.CreateLogger("Baton.Sdk.Hosting.MainCommand"), schema.Names.VariableOf(field.Name));
        }

        SecretFileLog.Begin(configuration, loggers.CreateLogger("Baton.Sdk.Hosting.SecretFileLog"));
        try
        {
            if (oneShot is var (operation, leftOut))
            {
                await new OneShotRun(definition, configuration, environment, loggers).RunAsync(operation, leftOut, invocation.Output, cancellationToken);
            }
            else if (ServiceMode.IsAskedFor(configuration))
            {
                await new ServiceMode(definition, configuration, environment, loggers, log is StructuredLoggerFactory structured ? structured.CopyTo : null).RunAsync(cancellationToken);
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
                LogTaskFailed(logger, FailureText.Of(failure), "", oneShot?.Operation.TaskType ?? "sync_full");
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

    // Upstream would run as a service, and leave the operation out without a word.
    private static void RequireOneMode(ResolvedConfiguration configuration, IOneShotOperation? operation)
    {
        if (operation is not null && ServiceMode.IsAskedFor(configuration))
        {
            throw new ConfigurationException($"{operation.Name} is done once, and --client-id makes a service: leave one of them out");
        }
    }

    [LoggerMessage(EventId = 3001, Level = LogLevel.Error, Message = "runner: error processing on-demand task")]
    private static partial void LogTaskFailed(ILogger logger, string error, string taskId, string taskType);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Error, Message = "error running connector")]
    private static partial void LogFailed(ILogger logger, string error);

    [LoggerMessage(EventId = 3114, Level = LogLevel.Warning, Message = "quotation marks around the value of a variable are taken as part of it: docker run --env-file keeps them")]
    private static partial void LogQuoted(ILogger logger, string variable);

    [LoggerMessage(EventId = 3112, Level = LogLevel.Warning, Message = "telemetry crosses the network unprotected")]
    private static partial void LogUnprotected(ILogger logger);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Warning, Message = "storage engine pebble is not available: the file is written with sqlite (v1), which every reader takes")]
    private static partial void LogEngine(ILogger logger);
}
