using System.Diagnostics;
using Baton.Sdk.Telemetry;

namespace Baton.Sdk.Sync;

/// <summary>The span of the phase that a sync is in. A phase that a failure or a cancellation ends is not marked: the sync is.</summary>
internal sealed class PhaseSpan : IDisposable
{
    private Activity? _span;
    private SyncOperation? _phase;

    /// <summary>Ends the phase before, if it is another one.</summary>
    public void Enter(SyncOperation phase)
    {
        if (_phase == phase)
        {
            return;
        }

        End();
        _phase = phase;
        _span = ConnectorTelemetry.Spans.StartActivity($"sync {phase.Name()}");
    }

    public void End()
    {
        _span?.Dispose();
        _span = null;
    }

    public void Dispose() => End();
}
