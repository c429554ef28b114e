namespace Baton.Testing.Telemetry;

/// <summary>Reads OTLP requests by their field numbers.</summary>
internal static class OtlpRequests
{
    public static IEnumerable<IReadOnlyDictionary<string, object?>> Resources(WireMessage request)
        => request.Messages(1).SelectMany(group => group.Messages(1)).Select(resource => resource.Attributes(1));

    public static IEnumerable<CollectedSpan> Spans(WireMessage request) => Entries(request).Select(span => new CollectedSpan(
        span.Text(5),
        Hex(span.Bytes(1)),
        Hex(span.Bytes(2)),
        Hex(span.Bytes(4)),
        span.Attributes(9),
        span.Messages(15).Any(status => status.Number(3) == 2)));

    public static IEnumerable<CollectedLog> Logs(WireMessage request) => Entries(request).Select(log => new CollectedLog(
        $"{log.Messages(5).Select(WireMessage.ValueOf).FirstOrDefault()}", log.Text(3), log.Attributes(6), Hex(log.Bytes(9))));

    public static IEnumerable<CollectedPoint> Points(WireMessage request) => Entries(request).SelectMany(metric =>
        metric.Messages(5).Concat(metric.Messages(7)).SelectMany(numbers => numbers.Messages(1)).Select(point => new CollectedPoint(
            metric.Text(1), metric.Text(3), point.Attributes(7), point.Has(4) ? point.Double(4) : (long)point.Number(6), 0))
        .Concat(metric.Messages(9).SelectMany(histogram => histogram.Messages(1)).Select(point => new CollectedPoint(
            metric.Text(1), metric.Text(3), point.Attributes(9), point.Double(5), point.Number(4)))));

    // Groups by resource, in them groups by scope, in them what it is about.
    private static IEnumerable<WireMessage> Entries(WireMessage request)
        => request.Messages(1).SelectMany(group => group.Messages(2)).SelectMany(scope => scope.Messages(2));

    private static string Hex(ReadOnlyMemory<byte> id) => Convert.ToHexStringLower(id.Span);
}
