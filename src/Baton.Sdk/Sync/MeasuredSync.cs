using System.Diagnostics;
using Baton.C1z.Syncs;
using Baton.Sdk.Telemetry;

namespace Baton.Sdk.Sync;

/// <summary>The span and the numbers of one sync.</summary>
internal sealed class MeasuredSync(SyncType type, TimeProvider time) : IDisposable
{
    private readonly Activity? _span = ConnectorTelemetry.Spans.StartActivity("sync");
    private readonly long _started = time.GetTimestamp();
    private bool _isComplete;

    public void Complete(SyncSummary summary)
    {
        _isComplete = true;
        var tag = Tag();
        ConnectorTelemetry.SyncResources.Record(summary.Stats.Resources, tag);
        ConnectorTelemetry.SyncGrants.Record(summary.Stats.Grants, tag);
        ConnectorTelemetry.SyncFileSize.Record(summary.File.EncodedBytes, tag);
        _span?.SetTag("baton.sync.resources", summary.Stats.Resources).SetTag("baton.sync.grants", summary.Stats.Grants);
    }

    public void Dispose()
    {
        var outcome = _isComplete ? "succeeded" : "failed";
        ConnectorTelemetry.SyncDuration.Record(time.GetElapsedTime(_started).TotalSeconds, Tag(), new("baton.outcome", outcome));
        _span?.SetTag("baton.sync.type", type.Name());
        if (!_isComplete)
        {
            ConnectorTelemetry.Fail(_span, "incomplete");
        }

        _span?.Dispose();
    }

    private KeyValuePair<string, object?> Tag() => new("baton.sync.type", type.Name());
}
