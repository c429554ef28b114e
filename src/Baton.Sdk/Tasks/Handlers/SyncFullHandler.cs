using Baton.C1z;
using Baton.C1z.Syncs;
using Baton.Sdk.Connectors;
using Baton.Sdk.Sync;
using Baton.Sdk.Tasks.Syncs;
using Baton.Sdk.Tasks.Transport;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;
using SyncFullTask = Baton.Protocol.ConnectorApi.V1.Task.Types.SyncFullTask;

namespace Baton.Sdk.Tasks.Handlers;

/// <summary>
/// Syncs into a file and uploads it. A shutdown stops the sync where it is; whoever gets the task next on this machine goes on there.
/// </summary>
internal sealed partial class SyncFullHandler(IConnector connector, SyncTaskSettings settings, SyncSpool spool, TaskJournal journal, TimeProvider time, ILogger logger)
    : ITaskHandler
{
    public ServiceTask.TaskTypeOneofCase Kind => ServiceTask.TaskTypeOneofCase.SyncFull;

    public ShutdownConduct AtShutdown => ShutdownConduct.Checkpoint;

    public async Task<TaskOutcome> HandleAsync(ServiceTask task, TaskRun run, CancellationToken cancellationToken)
    {
        var engine = settings.StorageEngine.Length > 0 ? settings.StorageEngine : task.SyncFull.StorageEngine;
        if (engine is not ("" or "sqlite" or "pebble"))
        {
            return new TaskOutcome.Failed(StatusCode.Unknown, $"require-engine-driver: dotc1z: engine not available: {engine}", IsFinal: false);
        }

        await run.BeatAsync(cancellationToken);
        var options = Options(task.SyncFull);
        using var file = spool.Claim(run.Id, options.Fingerprint);
        try
        {
            if (file.IsComplete)
            {
                LogKept(run.Id);
            }
            else
            {
                await SyncAsync(options with { OutputPath = file.OutputPath }, cancellationToken);
                file.Complete();
                journal.Synced();
            }

            await run.UploadAsync(file.CompletePath, cancellationToken);
            journal.Uploaded();
            if (run.DebugLogPath is { } log)
            {
                await run.UploadAsync(log, cancellationToken);
            }

            file.Delete();
            return Done(engine);
        }
        catch (Exception failure) when (!IsWorthKeeping(failure, run))
        {
            file.Delete();
            throw;
        }
    }

    // A shutdown leaves progress to go on with. A complete sync that the platform did not take may be asked for again. Progress up to any
    // other failure is old by the time that somebody asks.
    private static bool IsWorthKeeping(Exception failure, TaskRun run)
        => failure is PlatformException || (failure is OperationCanceledException && run.Stopping.IsCancellationRequested);

    private async System.Threading.Tasks.Task SyncAsync(SyncOptions options, CancellationToken cancellationToken)
    {
        // What a process left behind that was killed before it could say that this is complete.
        File.Delete(options.OutputPath);
        if (settings.SkipFullSync)
        {
            await WriteEmptyAsync(options, cancellationToken);
        }
        else
        {
            var summary = await new SyncRunner(connector, options, time, logger).RunAsync(cancellationToken);
            if (options.Type == SyncType.Full && summary.Had is { } had)
            {
                spool.Earlier.Note(summary.Stats.ResourcesByType.Keys, had);
            }
        }
    }

    private async System.Threading.Tasks.Task WriteEmptyAsync(SyncOptions options, CancellationToken cancellationToken)
    {
        await new RetryPolicy(options.RetryLimit, time, logger).RunAsync(() => connector.ValidateAsync(cancellationToken), cancellationToken);
        using var file = C1zFile.OpenWrite(options.OutputPath, options.File);
        using var writer = file.BeginSync(SyncType.Full);
        writer.SettleAll();
        writer.End();
        file.Save();
        LogEmpty();
    }

    private SyncOptions Options(SyncFullTask task) => settings.Options with
    {
        ResourceTypes = task.SyncResourceTypeIds.Count > 0
            ? [.. task.SyncResourceTypeIds.Distinct(StringComparer.Ordinal)]
            : settings.Options.ResourceTypes,
        Targets = [.. task.TargetedSyncResources.Select(resource => new TargetResource(resource.Id, resource.ParentResourceId))],
        SkipEntitlementsAndGrants = task.SkipEntitlementsAndGrants,
        SkipGrants = task.SkipGrants,
        SkipExpansion = task.SkipExpandGrants,
        ProgressUsableFor = SyncSpool.UsableFor,
        Earlier = spool.Earlier.Latest,
        KeepSyncs = 1,
    };

    // The platform's readers take either; whoever asked for the other one is told.
    private TaskOutcome.Succeeded Done(string engine)
    {
        if (engine != "pebble")
        {
            return new();
        }

        LogEngine();
        return new()
        {
            Annotations =
            [
                Annotations.Of(new Struct
                {
                    Fields = { ["requested_storage_engine"] = Value.ForString(engine), ["storage_engine"] = Value.ForString("sqlite") },
                }),
            ],
        };
    }

    [LoggerMessage(EventId = 5101, Level = LogLevel.Information, Message = "the sync of this task is complete already, uploading it")]
    private partial void LogKept(string taskId);

    [LoggerMessage(EventId = 5102, Level = LogLevel.Information, Message = "full syncs are switched off (--skip-full-sync): uploading an empty one")]
    private partial void LogEmpty();

    [LoggerMessage(EventId = 5103, Level = LogLevel.Warning, Message = "storage engine pebble is not available: the file is written with sqlite (v1), which every reader takes")]
    private partial void LogEngine();
}
