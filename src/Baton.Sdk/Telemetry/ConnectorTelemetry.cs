using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Baton.Sdk.Telemetry;

/// <summary>
/// What is measured, by name: nothing is, and nothing is spent, unless somebody listens. What each means is in docs/telemetry.md, which
/// a test holds to this.
/// </summary>
internal static class ConnectorTelemetry
{
    /// <summary>Of the meter and of the spans' source.</summary>
    public const string Name = "Baton.Sdk";

    // As OpenTelemetry advises for durations of requests; a sync takes longer.
    private static readonly InstrumentAdvice<double> Requests = new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10] };
    private static readonly InstrumentAdvice<double> Work = new() { HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600] };

    private static readonly Meter Meter = new(Name);

    public static ActivitySource Spans { get; } = new(Name);

    public static Histogram<double> TaskDuration { get; }
        = Meter.CreateHistogram("baton.task.duration", "s", "How long tasks took, from being handed out to their end", tags: null, Work);

    public static UpDownCounter<long> TasksActive { get; } = Meter.CreateUpDownCounter<long>("baton.task.active", "{task}", "Tasks that are worked on");

    public static UpDownCounter<long> TasksQueued { get; } = Meter.CreateUpDownCounter<long>("baton.task.queued", "{task}", "Tasks that were handed out and are not begun");

    public static Counter<long> PollFailures { get; } = Meter.CreateCounter<long>("baton.poll.failures", "{failure}", "Times that the platform did not answer when asked for tasks");

    public static Histogram<double> SyncDuration { get; } = Meter.CreateHistogram("baton.sync.duration", "s", "How long syncs took", tags: null, Work);

    public static Gauge<long> SyncResources { get; } = Meter.CreateGauge<long>("baton.sync.resources", "{resource}", "Resources in the last complete sync");

    public static Gauge<long> SyncGrants { get; } = Meter.CreateGauge<long>("baton.sync.grants", "{grant}", "Grants in the last complete sync");

    public static Gauge<long> SyncFileSize { get; } = Meter.CreateGauge<long>("baton.sync.file.size", "By", "Size of the file of the last complete sync");

    public static Counter<long> UploadedBytes { get; } = Meter.CreateCounter<long>("baton.upload.size", "By", "Bytes of files that the platform took");

    public static Histogram<double> RetryWait { get; } = Meter.CreateHistogram("baton.retry.wait", "s", "Waits before requests to the target system were repeated", tags: null, Work);

    public static Histogram<double> RequestDuration { get; }
        = Meter.CreateHistogram("http.client.request.duration", "s", "How long requests to the target system took", tags: null, Requests);

    /// <summary>Marks a span as failed. Its reason is a word: texts may hold names.</summary>
    public static void Fail(Activity? span, string reason)
    {
        span?.SetTag("error.type", reason);
        span?.SetStatus(ActivityStatusCode.Error);
    }
}
