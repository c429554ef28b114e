using Baton.Configuration;
using Baton.Sdk.Connectors;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Hosting.OneShot;

/// <summary>Runs one operation to its end, and reports on standard output how it ended, whatever that is.</summary>
internal sealed partial class OneShotRun(
    ConnectorDefinition definition, ResolvedConfiguration configuration, ProcessEnvironment environment, ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger("Baton.Sdk.Hosting.OneShot.OneShotRun");

    /// <param name="operation">What is asked for.</param>
    /// <param name="leftOut">Flags of other operations, which are not carried out.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="cancellationToken">Stops it, between two requests or within one.</param>
    /// <exception cref="ConnectorException">It failed. The report is written already.</exception>
    public async Task RunAsync(IOneShotOperation operation, IReadOnlyList<string> leftOut, TextWriter output, CancellationToken cancellationToken)
    {
        foreach (var flag in leftOut)
        {
            LogLeftOut($"--{flag}", operation.Name);
        }

        var change = new Change(configuration.GetBoolean("dry-run") ? ChangeMode.DryRun : ChangeMode.Carry);
        OperationResult result;
        try
        {
            RequireProvisioning(operation, change);
            result = await CarryOutAsync(operation, change, cancellationToken);
        }
        catch (OperationCanceledException interruption) when (cancellationToken.IsCancellationRequested)
        {
            var told = new ChangeInterruptedException(change, interruption);
            ReportFailure(new(operation.Name, change, new(OperationOutcome.Interrupted, told.Message)), output);
            throw told;
        }
        catch (Exception failure) when (ExitCode.IsForeseen(failure))
        {
            ReportFailure(new(operation.Name, change, new(OperationOutcome.Failed, failure.Message) { Code = (failure as ConnectorException)?.Code }), output);
            throw;
        }

        if (result.Outcome == OperationOutcome.Failed)
        {
            ReportFailure(new(operation.Name, change, result), output);
            throw new ConnectorException(result.Code ?? StatusCode.Unknown, result.Summary);
        }

        ReportEnd(new(operation.Name, change, result), output);
    }

    private async Task<OperationResult> CarryOutAsync(IOneShotOperation operation, Change change, CancellationToken cancellationToken)
    {
        await using var connector = operation.IsOnFilesAlone ? null : definition.Create(configuration, new ConnectorContext
        {
            Loggers = loggers,
            Time = environment.Time,
            HttpTimeout = TimeSpan.FromSeconds(configuration.GetInteger("http-timeout-seconds")),
            Network = SyncSettings.Network(configuration, environment),
            RetryLimit = SyncSettings.RetryLimit(environment),
        });
        var context = new OperationContext
        {
            Made = connector,
            Change = change,
            Logger = loggers.CreateLogger("Baton.Sdk.Provisioning"),
            File = configuration.GetString("file"),
            Environment = environment,
            FileOptions = SyncSettings.FileOptions(configuration, environment),
            RetryLimit = SyncSettings.RetryLimit(environment),
        };
        try
        {
            return await operation.RunAsync(context, cancellationToken);
        }
        catch (ChangeWithheldException)
        {
            return new(OperationOutcome.Would, change.Requests.Count == 1 ? "1 request would be sent" : $"{change.Requests.Count} requests would be sent");
        }
    }

    private void RequireProvisioning(IOneShotOperation operation, Change change)
    {
        if (operation.ChangesTarget && !change.IsDryRun && !configuration.GetBoolean("provisioning"))
        {
            throw new ConnectorException(
                StatusCode.FailedPrecondition,
                "provisioning is not enabled: give --provisioning (or set BATON_PROVISIONING=true) to allow changes, or --dry-run to see what would be changed");
        }
    }

    private void ReportEnd(OperationReport report, TextWriter output)
    {
        try
        {
            Report(report, output);
        }
        catch (IOException closed)
        {
            throw new UnwrittenResultException(report, closed);
        }
    }

    private void ReportFailure(OperationReport report, TextWriter output)
    {
        try
        {
            // At a terminal, one line on standard error says it all; what a dry run found is more than that.
            if (!environment.OutputIsTerminal || report.Change.IsDryRun)
            {
                Report(report, output);
            }
        }
        catch (IOException)
        {
            // Nobody reads the result. The failure is what matters, and is told on standard error.
        }
    }

    private void Report(OperationReport report, TextWriter output)
    {
        var redactor = configuration.Redactor;
        if (environment.OutputIsTerminal)
        {
            new TextReport(output, redactor).Write(report);
        }
        else
        {
            new JsonReport(output, redactor).Write(report);
        }
    }

    [LoggerMessage(EventId = 3111, Level = LogLevel.Warning, Message = "one operation a run: another one that was asked for is left out")]
    private partial void LogLeftOut(string leftOut, string carriedOut);
}
