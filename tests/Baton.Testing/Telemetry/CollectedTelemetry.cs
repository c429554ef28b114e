namespace Baton.Testing.Telemetry;

/// <param name="ParentId">Empty for the first of a trace.</param>
/// <param name="IsError">Its status is an error.</param>
public sealed record CollectedSpan(
    string Name, string TraceId, string SpanId, string ParentId, IReadOnlyDictionary<string, object?> Attributes, bool IsError);

/// <param name="Value">The number, or the sum of a histogram.</param>
/// <param name="Count">How many values a histogram has; 0 for others.</param>
public sealed record CollectedPoint(string Metric, string Unit, IReadOnlyDictionary<string, object?> Attributes, double Value, ulong Count);

/// <param name="TraceId">Empty outside of a trace.</param>
public sealed record CollectedLog(string Body, string Severity, IReadOnlyDictionary<string, object?> Attributes, string TraceId);
