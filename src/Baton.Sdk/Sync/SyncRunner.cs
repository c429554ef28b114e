using Baton.C1z;
using Baton.C1z.Syncs;
using Baton.C1z.Writing;
using Baton.Sdk.Connectors;
using Baton.Sdk.Sync.Phases;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Sync;

/// <summary>
/// Syncs a connector into a file, from opening it to saving it. The file changes only when the sync is complete; what an interrupted
/// sync had is kept beside it.
/// </summary>
internal sealed partial class SyncRunner(IConnector connector, SyncOptions options, TimeProvider time, ILogger logger)
{
    public SyncProgress Progress { get; } = new(time, logger);

    public SyncWarnings Warnings { get; } = new(logger);

    /// <exception cref="C1zException">The file cannot be read or written.</exception>
    /// <exception cref="ConnectorException">The target system refuses, or does not answer.</exception>
    /// <exception cref="SyncException">The sync cannot be completed.</exception>
    public async Task<SyncSummary> RunAsync(CancellationToken cancellationToken)
    {
        using var measured = new MeasuredSync(options.Type, time);
        var started = time.GetTimestamp();
        var (opened, resumed) = Open();
        using var file = opened;
        await ValidateAsync(cancellationToken);

        var earlier = options.Earlier ?? (resumed is null ? EarlierSync.Of(file, connector) : OfOutput(file));
        using var writer = resumed is null ? file.BeginSync(options.Type) : file.ResumeSync(resumed);
        RemoveOldSyncs(file, writer.Run);
        var session = Start(writer, resumed, earlier, cancellationToken);
        try
        {
            await new SyncEngine(logger, time).RunAsync(session, cancellationToken);
            var summary = Finish(file, session, started);
            measured.Complete(summary);
            return summary;
        }
        catch (Exception interruption) when (interruption is ConnectorException or OperationCanceledException)
        {
            KeepProgress(file, session, resumed is not null);
            throw;
        }
        catch (SyncException) when (resumed is not null)
        {
            // What was kept leads here again, whatever has been mended meanwhile.
            ProgressFile.Delete(options.OutputPath);
            throw;
        }
    }

    private (C1zFile File, SyncRun? Resumed) Open()
    {
        // A targeted sync is short, and what it was about may have changed.
        if (options.Type != SyncType.Partial
            && ProgressFile.Find(options.OutputPath) is { } progressFile
            && OpenProgress(progressFile) is { } progress)
        {
            return progress;
        }

        return (C1zFile.OpenWrite(options.OutputPath, options.File), null);
    }

    private (C1zFile File, SyncRun? Resumed)? OpenProgress(string progressFile)
    {
        try
        {
            var file = C1zFile.OpenWrite(options.OutputPath, options.File, startFrom: progressFile);
            var (resumed, obstacle) = ProgressFile.Resumable(file, options, time);
            if (resumed is not null)
            {
                return (file, resumed);
            }

            // Not to be added to: its rows would stay in the output as a sync that never ends.
            file.Dispose();
            LogProgressUnusable(obstacle);
        }
        catch (C1zException damage) when (damage.Error != C1zError.NotWritable)
        {
            LogProgressUnusable(damage.Message);
        }

        return null;
    }

    private async Task ValidateAsync(CancellationToken cancellationToken)
    {
        var retries = new RetryPolicy(options.RetryLimit, time, logger);
        await retries.RunAsync(() => connector.ValidateAsync(cancellationToken), cancellationToken);
    }

    // Progress may be without the syncs before it: they were removed from it as it began. The output still has them.
    private EarlierSync OfOutput(C1zFile progress)
    {
        try
        {
            if (File.Exists(options.OutputPath))
            {
                using var output = C1zFile.OpenAsIs(options.OutputPath, options.File);
                return EarlierSync.Of(output, connector);
            }
        }
        catch (C1zException)
        {
            // It is about to be replaced.
        }

        return EarlierSync.Of(progress, connector);
    }

    private SyncSession Start(SyncWriter writer, SyncRun? resumed, EarlierSync earlier, CancellationToken cancellationToken)
    {
        var plan = SyncPlanToken.Read(resumed?.Token ?? "");
        if (plan.Current is null)
        {
            plan.Push(SyncOperation.Init);
        }

        plan.Fingerprint = options.Fingerprint;
        var session = new SyncSession(connector, options, writer, plan, Progress, Warnings, new RetryPolicy(options.RetryLimit, time, logger))
        {
            Stopping = cancellationToken,
            Earlier = earlier,
        };
        if (options.External is { } external)
        {
            session.ExternalTypes.UnionWith(ExternalResourcesPhase.TypesOf(external, options.File));
        }

        if (resumed is not null)
        {
            session.Quality.Resumed = true;
            session.ReloadTypes();
            Rewind.Unfinished(session);
            LogResumed(resumed.Id, resumed.TypeName, plan.Current?.ToString() ?? "", plan.CompletedActions);
        }

        return session;
    }

    // Before the load rather than after it: without indexes it is cheap, and the new rows take the place of the old. Nothing is lost if
    // the sync fails, since only a saved file is a file.
    private void RemoveOldSyncs(C1zFile file, SyncRun current)
    {
        if (options.KeepSyncs > 0)
        {
            foreach (var id in file.DeleteOldSyncs(options.KeepSyncs, current))
            {
                LogRemovedSync(id);
            }
        }
    }

    private void KeepProgress(C1zFile file, SyncSession session, bool isResumed)
    {
        if (options.Type == SyncType.Partial || (Progress.Resources.Count == 0 && !isResumed))
        {
            return;
        }

        try
        {
            SyncEngine.Checkpoint(session);
            var saved = file.Save(ProgressFile.Suffix);
            LogProgressKept(saved.Path);
        }
        catch (C1zException refusal)
        {
            // The interruption is what the user must hear of.
            LogProgressLost(refusal.Message);
        }
    }

    private SyncSummary Finish(C1zFile file, SyncSession session, long started)
    {
        ReportQuality(session.Quality);
        session.Writer.SettleAll();
        Invariants.Check(session);
        SyncEngine.Checkpoint(session);
        session.Writer.End();
        session.Writer.MarkInvariantsHold(Invariants.Checked);
        LogComplete(session.SyncId, options.Type.Name());
        var warnings = Warnings.All;
        if (warnings.Count > 0)
        {
            LogWarnings(warnings.Count, string.Join("; ", warnings));
        }

        var stats = session.Reader.Stats();
        var had = options.Earlier is null ? null : EarlierSync.Read(session.Reader, connector);
        var saved = file.Save();
        ProgressFile.Delete(options.OutputPath);
        LogSaved(saved.Path, saved.DecodedBytes, saved.EncodedBytes);
        return new SyncSummary(session.SyncId, stats, warnings, saved, time.GetElapsedTime(started)) { Had = had };
    }

    private void ReportQuality(IngestQuality quality)
    {
        if (quality.Invalid > 0)
        {
            LogInvalid(quality.Invalid, quality.InvalidResourceTypes, quality.InvalidResources, quality.InvalidEntitlements);
        }

        if (quality.Dropped > 0)
        {
            LogDropped(
                quality.EntitlementsDropped, quality.GrantsDropped, quality.GrantResourcesDropped, quality.ExpansionTypesDropped, quality.ExpansionsDropped);
        }
    }

    [LoggerMessage(EventId = 1071, Level = LogLevel.Information, Message = "resumed previous sync")]
    private partial void LogResumed(string syncId, string syncType, string currentAction, ulong completedActions);

    [LoggerMessage(EventId = 1072, Level = LogLevel.Warning, Message = "the progress of an interrupted sync cannot be used; starting anew")]
    private partial void LogProgressUnusable(string error);

    [LoggerMessage(EventId = 1073, Level = LogLevel.Warning, Message = "the sync is not complete; its progress is kept, and the same command goes on with it")]
    private partial void LogProgressKept(string path);

    [LoggerMessage(EventId = 1080, Level = LogLevel.Warning, Message = "the progress of the interrupted sync cannot be kept")]
    private partial void LogProgressLost(string error);

    [LoggerMessage(EventId = 1074, Level = LogLevel.Information, Message = "Removed old sync data.")]
    private partial void LogRemovedSync(string syncId);

    [LoggerMessage(EventId = 1075, Level = LogLevel.Information, Message = "Sync complete.")]
    private partial void LogComplete(string syncId, string syncType);

    [LoggerMessage(EventId = 1076, Level = LogLevel.Warning, Message = "sync completed with warnings")]
    private partial void LogWarnings(int warningCount, string warnings);

    [LoggerMessage(EventId = 1077, Level = LogLevel.Information, Message = "c1z: saved")]
    private partial void LogSaved(string outputPath, long decompressedBytes, long compressedBytes);

    [LoggerMessage(EventId = 1078, Level = LogLevel.Warning, Message = "connector returned invalid data; skipped records")]
    private partial void LogInvalid(
        long invalidRecordsObserved, long invalidResourceTypesObserved, long invalidResourcesObserved, long invalidEntitlementsObserved);

    [LoggerMessage(EventId = 1079, Level = LogLevel.Warning, Message = "fresh ingest filtered references into resource types not scheduled for this sync")]
    private partial void LogDropped(
        long entitlementsDropped, long grantsDropped, long grantDiscoveredResourcesDropped, long expansionResourceTypesDropped, long expansionsDropped);
}
