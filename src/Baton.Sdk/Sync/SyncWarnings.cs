using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Sync;

/// <summary>
/// What went wrong without ending the sync. Actions whose subject vanished count against the sync: past a tenth of the work it is the
/// listing that cannot be trusted, not the subjects. Thread-safe.
/// </summary>
internal sealed partial class SyncWarnings(ILogger logger)
{
    private const int Tolerated = 10;
    private const double ToleratedShare = 0.1;

    private readonly Lock _gate = new();
    private readonly List<string> _skipped = [];
    private readonly HashSet<string> _remarks = new(StringComparer.Ordinal);

    public IReadOnlyList<string> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _skipped, .. _remarks];
            }
        }
    }

    /// <summary>An action was given up because its subject is not there any more.</summary>
    public void Skipped(SyncAction action, string reason)
    {
        lock (_gate)
        {
            _skipped.Add($"{action}: {reason}");
        }

        LogSkipped(action.ToString(), reason);
    }

    /// <summary>Something worth knowing, which says nothing about the completeness of the sync.</summary>
    public void Remark(string text)
    {
        lock (_gate)
        {
            if (!_remarks.Add(text))
            {
                return;
            }
        }

        LogRemark(text);
    }

    /// <exception cref="SyncException">Too many actions were given up.</exception>
    public void Check(ulong completedActions)
    {
        lock (_gate)
        {
            if (_skipped.Count > Tolerated && _skipped.Count > completedActions * ToleratedShare)
            {
                throw new SyncException(
                    $"too many warnings, exiting sync: warnings: [{string.Join("; ", _skipped.Take(Tolerated))}] completed actions: {completedActions}");
            }
        }
    }

    [LoggerMessage(EventId = 1011, Level = LogLevel.Warning, Message = "skipping sync action")]
    private partial void LogSkipped(string action, string error);

    [LoggerMessage(EventId = 1012, Level = LogLevel.Warning, Message = "{Text}")]
    private partial void LogRemark(string text);
}
