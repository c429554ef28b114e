using Baton.C1z;
using Baton.C1z.Merging;
using Baton.Configuration;
using Baton.Sdk.Sync;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Hosting.OneShot;

/// <summary>Merges syncs of several files into a new file.</summary>
/// <param name="sources">Which, the base first. Paths as the user wrote them.</param>
/// <param name="output">A folder, or the path of the new file.</param>
internal sealed partial class CompactSyncsOperation(IReadOnlyList<SyncSource> sources, string output) : IOneShotOperation
{
    private const string Extension = ".c1z";

    public string Name => "compact-syncs";

    public bool ChangesTarget => false;

    public bool IsOnFilesAlone => true;

    /// <exception cref="ConfigurationException">The lists do not go together, or there is nothing to merge.</exception>
    public static CompactSyncsOperation From(ResolvedConfiguration configuration)
    {
        var (paths, ids) = (configuration.GetStrings("compact-file-paths"), configuration.GetStrings("compact-sync-ids"));
        if (paths.Count != ids.Count)
        {
            throw new ConfigurationException(
                $"sync-compactor: must include exactly one syncID per file: --compact-file-paths has {paths.Count}, --compact-sync-ids {ids.Count}");
        }

        if (paths.Count < 2)
        {
            throw new ConfigurationException($"must provide two or more files to compact: --compact-file-paths has {paths.Count}");
        }

        if (ids.GroupBy(id => id, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new ConfigurationException($"--compact-sync-ids names {twice.Key} more than once: a sync merged with itself is the same sync");
        }

        return configuration.GetString("compact-output-path") is { Length: > 0 } output
            ? new([.. paths.Zip(ids, (path, id) => new SyncSource(path, id))], output)
            : throw new ConfigurationException("--compact-output-path must be the folder for the new file, or its path");
    }

    public Task<OperationResult> RunAsync(OperationContext context, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult(Run(context, cancellationToken));
        }
        catch (C1zException refusal) when (SyncRefusal.Of(refusal) is { } answer)
        {
            throw answer;
        }
    }

    private OperationResult Run(OperationContext context, CancellationToken cancellationToken)
    {
        var files = sources.Select(source => source with { Path = Path.GetFullPath(source.Path, context.Environment.WorkingDirectory) }).ToList();

        // What can be seen at a glance is said before hours of work.
        files.ForEach(source => C1zFile.RequireReadable(source.Path));
        using var merge = SyncMerge.Begin(PathOf(context.Environment.WorkingDirectory), context.FileOptions);
        foreach (var source in files)
        {
            LogRunning(context.Logger, source.Path, source.SyncId);
            LogMerged(context.Logger, source.SyncId, merge.Add(source, cancellationToken));
        }

        using var writer = merge.Settle();
        var contradiction = new MergedSync(writer, SyncSettings.FixesCycles(context.Environment), context.Logger).End(cancellationToken);
        string[] notes = contradiction is null ? [] : [$"the merged syncs contradict each other: {contradiction}"];
        var stats = writer.Reader.Stats();
        var summary = $"{sources.Count} syncs merged: {stats.Resources} resources, {stats.Entitlements} entitlements, {stats.Grants} grants";
        if (context.Change.IsDryRun)
        {
            return new(OperationOutcome.Would, summary) { Notes = notes, Details = [summary] };
        }

        cancellationToken.ThrowIfCancellationRequested();
        var saved = merge.Save();
        LogCompacted(context.Logger, saved.Path, merge.SyncId, saved.DecodedBytes, saved.EncodedBytes);
        return new(OperationOutcome.Done, $"{summary}: {writer.Run.TypeName} sync {merge.SyncId} in {saved.Path}")
        {
            Notes = notes,
            Response = new Struct { Fields = { ["sync_id"] = Value.ForString(merge.SyncId), ["file_path"] = Value.ForString(saved.Path) } },
        };
    }

    /// <exception cref="ConfigurationException">There is no such folder.</exception>
    private Func<string, string> PathOf(string workingDirectory)
    {
        var full = Path.GetFullPath(output, workingDirectory);
        if (Directory.Exists(full))
        {
            return syncId => Path.Combine(full, $"compacted-{syncId}{Extension}");
        }

        return full.EndsWith(Extension, StringComparison.Ordinal) ? _ => full
            : throw new ConfigurationException($"--compact-output-path: there is no folder {output}; make it, or name a new file that ends in {Extension}");
    }

    [LoggerMessage(EventId = 3151, Level = LogLevel.Information, Message = "running compaction")]
    private static partial void LogRunning(ILogger logger, string applyFile, string applySync);

    [LoggerMessage(EventId = 3152, Level = LogLevel.Information, Message = "sync merged")]
    private static partial void LogMerged(ILogger logger, string applySync, long rowsTaken);

    [LoggerMessage(EventId = 3153, Level = LogLevel.Information, Message = "compacted file")]
    private static partial void LogCompacted(ILogger logger, string filePath, string syncId, long decompressedBytes, long compressedBytes);
}
