using System.Globalization;
using Baton.Sdk.Sync;

namespace Baton.Sdk.Hosting;

/// <summary>What a person sees of a sync: one line that moves, warnings above it, a short summary at the end. Thread-safe.</summary>
internal sealed class TerminalDisplay(TextWriter terminal, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly string[] Wheel = ["|", "/", "-", "\\"];

    private readonly Lock _gate = new();
    private readonly long _started = time.GetTimestamp();
    private SyncProgress? _progress;
    private ITimer? _timer;
    private int _turn;
    private int _shown;

    public void Follow(SyncProgress progress)
    {
        _progress = progress;
        _timer = time.CreateTimer(_ => Draw(), state: null, TimeSpan.Zero, Interval);
    }

    /// <summary>A line that stays.</summary>
    public void Say(string line)
    {
        lock (_gate)
        {
            Clear();
            terminal.WriteLine(line);
        }
    }

    public void Finish(SyncSummary summary)
    {
        StopTimer();
        Say($"Synced to {summary.File.Path} in {summary.Duration.TotalSeconds:0.0} s ({summary.File.EncodedBytes / 1024.0:N0} KiB)");
        foreach (var (type, count) in summary.Stats.ResourcesByType)
        {
            Say(Row(type, count));
        }

        Say(Row("entitlements", summary.Stats.Entitlements));
        Say(Row("grants", summary.Stats.Grants));
        if (summary.Warnings.Count > 0)
        {
            Say(summary.Warnings.Count == 1 ? "1 warning, above" : $"{summary.Warnings.Count} warnings, above");
        }
    }

    public ValueTask DisposeAsync()
    {
        StopTimer();
        return ValueTask.CompletedTask;
    }

    private static string Row(string name, long count) => string.Create(CultureInfo.InvariantCulture, $"  {name,-16}{count,12:N0}");

    private static string Doing(SyncOperation phase) => phase switch
    {
        SyncOperation.Init => "connecting",
        SyncOperation.ListResourceTypes or SyncOperation.ListResources or SyncOperation.TargetedResource => "reading resources",
        SyncOperation.ListStaticEntitlements or SyncOperation.ListEntitlements => "reading entitlements",
        SyncOperation.ListGrants => "reading grants",
        SyncOperation.ListExternalResources => "matching external identities",
        SyncOperation.GrantExpansion => "expanding grants",
        _ => "working",
    };

    private void Draw()
    {
        lock (_gate)
        {
            if (_progress is not { } progress || _timer is null)
            {
                return;
            }

            var counts = string.Concat(progress.Resources.Select(type => string.Create(CultureInfo.InvariantCulture, $"  {type.Key} {type.Value:N0}")));
            var grants = progress.Grants > 0 ? string.Create(CultureInfo.InvariantCulture, $"  grants {progress.Grants:N0}") : "";
            var line = $"{Wheel[_turn++ % Wheel.Length]} {Doing(progress.Phase)}{counts}{grants}  {time.GetElapsedTime(_started).TotalSeconds:0.0} s";
            Clear();
            terminal.Write(line);
            _shown = line.Length;
        }
    }

    private void Clear()
    {
        if (_shown > 0)
        {
            terminal.Write($"\r{new string(' ', _shown)}\r");
            _shown = 0;
        }
    }

    private void StopTimer()
    {
        lock (_gate)
        {
            _timer?.Dispose();
            _timer = null;
            Clear();
        }
    }
}
