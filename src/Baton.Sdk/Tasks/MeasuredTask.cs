using System.Diagnostics;
using Baton.Sdk.Telemetry;
using TaskKind = Baton.Protocol.ConnectorApi.V1.Task.TaskTypeOneofCase;

namespace Baton.Sdk.Tasks;

/// <summary>The span and the numbers of one task. What is not ended when it is disposed of was abandoned.</summary>
internal sealed class MeasuredTask : IDisposable
{
    private readonly Activity? _span;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly KeyValuePair<string, object?> _kind;
    private (string Outcome, string? Error) _end = ("abandoned", null);

    public MeasuredTask(TaskKind kind, TimeProvider time)
    {
        (_time, _started, _kind) = (time, time.GetTimestamp(), new("baton.task.kind", kind.ToString()));
        _span = ConnectorTelemetry.Spans.StartActivity($"task {kind}");
        _span?.SetTag(_kind.Key, _kind.Value);
        ConnectorTelemetry.TasksActive.Add(1, _kind);
    }

    public void End(TaskOutcome outcome) => _end = outcome switch
    {
        TaskOutcome.Failed failed => ("failed", failed.Code.ToString()),
        TaskOutcome.Unreported => ("unreported", null),
        _ => ("succeeded", null),
    };

    public void Dispose()
    {
        var tags = new TagList { _kind, { "baton.outcome", _end.Outcome } };
        if (_end.Error is { } error)
        {
            tags.Add("error.type", error);
            ConnectorTelemetry.Fail(_span, error);
        }

        _span?.SetTag("baton.outcome", _end.Outcome);
        _span?.Dispose();
        ConnectorTelemetry.TasksActive.Add(-1, _kind);
        ConnectorTelemetry.TaskDuration.Record(_time.GetElapsedTime(_started).TotalSeconds, tags);
    }
}
