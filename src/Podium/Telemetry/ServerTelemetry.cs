using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Podium.Telemetry;

/// <summary>
/// What is measured, by name. What each means is in docs/podium/metrics.md, which a test holds to this. Attributes are words of ours and routes:
/// never an id, a name or an address, of which there is no end.
/// </summary>
internal static class ServerTelemetry
{
    /// <summary>Of the meter and of the spans' source.</summary>
    public const string Name = "Podium";

    private static readonly InstrumentAdvice<double> Requests = new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] };
    private static readonly InstrumentAdvice<double> Work = new() { HistogramBucketBoundaries = [1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600] };

    private static readonly Meter Meter = new(Name);

    public static ActivitySource Spans { get; } = new(Name);

    public static Histogram<double> RequestDuration { get; } = Meter.CreateHistogram("podium.request.duration", "s", "How long requests took, by route", tags: null, Requests);

    public static UpDownCounter<long> CallsHeld { get; } = Meter.CreateUpDownCounter<long>("podium.calls.held", "{call}", "Calls for work that are held until there is some");

    public static Counter<long> Attempts { get; } = Meter.CreateCounter<long>("podium.attempts", "{attempt}", "Pieces of work that were handed out, and that ended");

    public static Counter<long> Syncs { get; } = Meter.CreateCounter<long>("podium.syncs", "{sync}", "Syncs that came to an end or are held");

    public static Histogram<double> SyncDuration { get; } = Meter.CreateHistogram("podium.sync.duration", "s", "From the wish for a sync to its end", tags: null, Work);

    public static Counter<long> DatabaseErrors { get; } = Meter.CreateCounter<long>("podium.database.errors", "{error}", "Statements and connections that failed");

    public static Gauge<long> AttemptsWaiting { get; } = Meter.CreateGauge<long>("podium.attempts.waiting", "{attempt}", "Pieces of work that nobody has fetched");

    public static Gauge<long> AttemptsOut { get; } = Meter.CreateGauge<long>("podium.attempts.out", "{attempt}", "Pieces of work that are handed out and have not ended");

    public static Gauge<long> SyncsReceived { get; } = Meter.CreateGauge<long>("podium.syncs.received", "{sync}", "Uploads that are here and not in the inventory yet");

    public static Gauge<long> SyncsHeld { get; } = Meter.CreateGauge<long>("podium.syncs.held", "{sync}", "Syncs that wait for a person");

    public static Gauge<long> ConnectorsFailing { get; } = Meter.CreateGauge<long>("podium.connectors.failing", "{connector}", "Connectors whose last sync failed");

    public static Gauge<double> AuditLag { get; } = Meter.CreateGauge<double>("podium.audit.lag", "s", "Age of the oldest row of the audit log that is not chained");

    public static Gauge<long> AuditUnsealed { get; } = Meter.CreateGauge<long>("podium.audit.unsealed", "{row}", "Rows of the audit log that are not chained");

    public static Gauge<long> OutboxWaiting { get; } = Meter.CreateGauge<long>("podium.outbox.waiting", "{message}", "Messages that have not left yet");

    public static UpDownCounter<long> HostedChildren { get; } = Meter.CreateUpDownCounter<long>("podium.hosted.children", "{process}", "Processes of hosted connectors that run here");

    public static Gauge<long> Frozen { get; } = Meter.CreateGauge<long>("podium.frozen", "{server}", "1 while the server was restored and not resumed, else 0");

    public static Gauge<double> BackupAge { get; } = Meter.CreateGauge<double>("podium.backup.age", "s", "Since the last nightly backup was made");

    public static Gauge<double> CertificateLife { get; } = Meter.CreateGauge<double>("podium.certificate.life", "s", "Until the server's certificate ends");

    public static Counter<long> AccessLines { get; } = Meter.CreateCounter<long>("podium.access.lines", "{line}", "Lines of the access log, by whether they were written");

    public static void Count(this Counter<long> counter, string name, string value) => counter.Add(1, new KeyValuePair<string, object?>(name, value));
}
