using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Podium.Telemetry;

/// <summary>Adds up what is measured, and prints it as Prometheus reads it (text format 0.0.4).</summary>
internal sealed class MetricStore : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, ConcurrentDictionary<string, Series>> _instruments = new();

    public MetricStore()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == ServerTelemetry.Name)
            {
                _instruments.TryAdd(instrument, new(StringComparer.Ordinal));
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>By name, with what each means; also of what was never measured, so that a rule finds its name.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        foreach (var (instrument, series) in _instruments.OrderBy(pair => pair.Key.Name, StringComparer.Ordinal))
        {
            var name = NameOf(instrument);
            text.Append($"# HELP {name} {instrument.Description}\n# TYPE {name} {Kind(instrument)}\n");
            if (series.IsEmpty && instrument is Counter<long> or UpDownCounter<long>)
            {
                text.Append($"{name} 0\n");
            }

            foreach (var (labels, one) in series.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                one.Write(text, name, labels);
            }
        }

        return text.ToString();
    }

    /// <summary>As Prometheus has names: with the unit, and an ending for what only grows.</summary>
    public static string NameOf(Instrument instrument)
        => instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : "") + (instrument is Counter<long> ? "_total" : "");

    public void Dispose() => _listener.Dispose();

    private static string Kind(Instrument instrument) => instrument switch
    {
        Counter<long> => "counter",
        Histogram<double> => "histogram",
        _ => "gauge",
    };

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new StringBuilder();
        foreach (var (key, tag) in tags)
        {
            labels.Append($"{(labels.Length > 0 ? "," : "")}{key.Replace('.', '_')}=\"{Escape($"{tag}")}\"");
        }

        _instruments[instrument].GetOrAdd(labels.ToString(), _ => new Series(instrument)).Add(value);
    }

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private sealed class Series(Instrument instrument)
    {
        private readonly Lock _turn = new();
        private readonly IReadOnlyList<double> _bounds = (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? [];
        private readonly long[] _buckets = new long[((instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries?.Count ?? 0) + 1];
        private double _value;
        private long _count;

        public void Add(double value)
        {
            lock (_turn)
            {
                _value = instrument is Gauge<long> or Gauge<double> ? value : _value + value;
                _count++;
                if (instrument is Histogram<double>)
                {
                    var bucket = 0;
                    while (bucket < _bounds.Count && value > _bounds[bucket])
                    {
                        bucket++;
                    }

                    _buckets[bucket]++;
                }
            }
        }

        public void Write(StringBuilder text, string name, string labels)
        {
            lock (_turn)
            {
                if (instrument is not Histogram<double>)
                {
                    text.Append($"{name}{(labels.Length > 0 ? $"{{{labels}}}" : "")} {Number(_value)}\n");
                    return;
                }

                var sum = 0L;
                for (var bucket = 0; bucket < _buckets.Length; bucket++)
                {
                    sum += _buckets[bucket];
                    var bound = bucket < _bounds.Count ? Number(_bounds[bucket]) : "+Inf";
                    text.Append($"{name}_bucket{{{labels}{(labels.Length > 0 ? "," : "")}le=\"{bound}\"}} {sum}\n");
                }

                var around = labels.Length > 0 ? $"{{{labels}}}" : "";
                text.Append($"{name}_sum{around} {Number(_value)}\n{name}_count{around} {_count}\n");
            }
        }

        private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
    }
}
