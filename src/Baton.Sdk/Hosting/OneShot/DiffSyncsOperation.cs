using Baton.C1z;
using Baton.C1z.Merging;
using Baton.Configuration;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Hosting.OneShot;

/// <summary>Adds the difference of two syncs of the file to it, as a partial sync.</summary>
internal sealed partial class DiffSyncsOperation(string baseId, string appliedId) : IOneShotOperation
{
    public string Name => "diff-syncs";

    public bool ChangesTarget => false;

    public bool IsOnFilesAlone => true;

    /// <exception cref="ConfigurationException">An id is empty, or both are the same.</exception>
    public static DiffSyncsOperation From(ResolvedConfiguration configuration)
    {
        var (from, to) = (configuration.GetString("base-sync-id"), configuration.GetString("applied-sync-id"));
        return (from, to) switch
        {
            ("", _) or (_, "") => throw new ConfigurationException("missing base sync ID or applied sync ID: --base-sync-id and --applied-sync-id name two syncs of --file"),
            _ when from == to => throw new ConfigurationException($"--base-sync-id and --applied-sync-id both name {from}: a sync does not differ from itself"),
            _ => new(from, to),
        };
    }

    public Task<OperationResult> RunAsync(OperationContext context, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult(Run(context, cancellationToken));
        }
        catch (C1zException refusal) when (refusal.Error == C1zError.Missing)
        {
            throw LatestSync.NoFile(context.File, refusal);
        }
        catch (C1zException refusal) when (SyncRefusal.Of(refusal) is { } answer)
        {
            throw answer;
        }
    }

    private OperationResult Run(OperationContext context, CancellationToken cancellationToken)
    {
        var path = context.RequireFile();
        C1zFile.RequireWritable(path);
        using var file = C1zFile.OpenWrite(path, context.FileOptions);
        var difference = SyncDelta.Add(file, baseId, appliedId, cancellationToken);
        var summary = $"{difference.Added} rows added and {difference.Changed} changed between sync {baseId} and sync {appliedId}";
        var missing = difference.Missing == 0 ? []
            : new[] { $"{difference.Missing} rows that only sync {baseId} holds are not in the difference: a partial sync cannot say what is gone" };
        if (difference.Missing > 0)
        {
            LogMissing(context.Logger, difference.Missing);
        }

        if (context.Change.IsDryRun)
        {
            return new(OperationOutcome.Would, summary) { Notes = missing, Details = [summary] };
        }

        file.Save();
        LogGenerated(context.Logger, difference.SyncId, difference.Added, difference.Changed);
        return new(OperationOutcome.Done, $"{summary}: partial sync {difference.SyncId} in {context.File}")
        {
            Notes = missing,
            Response = new Struct
            {
                Fields =
                {
                    ["sync_id"] = Value.ForString(difference.SyncId),
                    ["added"] = Value.ForNumber(difference.Added),
                    ["changed"] = Value.ForNumber(difference.Changed),
                    ["missing"] = Value.ForNumber(difference.Missing),
                },
            },
        };
    }

    [LoggerMessage(EventId = 3141, Level = LogLevel.Information, Message = "generated diff of syncs")]
    private static partial void LogGenerated(ILogger logger, string newSyncId, long added, long changed);

    [LoggerMessage(EventId = 3142, Level = LogLevel.Warning, Message = "rows of the base sync are gone in the applied one, which a partial sync cannot say")]
    private static partial void LogMissing(ILogger logger, long rows);
}
