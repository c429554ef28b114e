using System.Collections.Concurrent;
using Baton.Configuration.Secrets;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Logging;

/// <summary>
/// Makes loggers whose lines have the shape that users of upstream connectors know and collect. To get
/// <code>{"level":"info","ts":1795432178.8841348,"caller":"sync/SyncEngine:1204","msg":"Synced resources","resource_type_id":"user","count":4}</code>
/// declare
/// <code>
/// [LoggerMessage(EventId = 1204, Level = LogLevel.Information, Message = "Synced resources")]
/// private partial void LogSynced(string resourceTypeId, int count);
/// </code>
/// The message is a constant, and every parameter that it does not mention becomes a field (see <c>FieldName</c> for how the key is
/// spelled). The compiler's remark about such parameters, SYSLIB1015, is switched off for that reason. A parameter that the message
/// does mention is put into it and is a field as well. An exception becomes the field <c>error</c>; the fields of scopes, lists of
/// pairs, come before those of the line. Secrets are replaced wherever text is written. Safe for use by any thread.
/// </summary>
public sealed class StructuredLoggerFactory : ILoggerFactory, ILoggerProvider
{
    private readonly ConcurrentDictionary<string, StructuredLogger> _loggers = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly Redactor _redactor;
    private readonly TimeProvider _time;
    private readonly AsyncLocal<object?> _flow = new();
    private LogOutput[] _outputs;

    /// <summary>Opens the outputs. They are closed with the factory.</summary>
    /// <exception cref="Configuration.ConfigurationException">A path cannot be written to.</exception>
    public StructuredLoggerFactory(LoggingOptions options, LogStreams streams, TimeProvider time)
    {
        _redactor = options.Redactor;
        _time = time;
        var formatter = LineFormatter.Create(options.Format, _redactor, options.Level, time.LocalTimeZone);
        _outputs = [new LogOutput(options.Level, formatter, OpenSinks(options.Paths, streams))];
    }

    internal LoggerExternalScopeProvider Scopes { get; } = new();

    public ILogger CreateLogger(string categoryName)
        => _loggers.GetOrAdd(categoryName, static (category, factory) => new StructuredLogger(category, factory), this);

    /// <summary>
    /// Also writes to a file, as JSON, what the caller and whatever it starts from here on log from debug level on, until the result is
    /// disposed of; not what others log meanwhile. What the file held is lost.
    /// </summary>
    /// <exception cref="Configuration.ConfigurationException">The path cannot be written to.</exception>
    public IDisposable CopyTo(string path)
    {
        var formatter = LineFormatter.Create(LogFormat.Json, _redactor, LogLevel.Debug, _time.LocalTimeZone);
        var copy = new LogOutput(LogLevel.Debug, formatter, [LogSink.Create(path)]) { Flow = new object() };
        _flow.Value = copy.Flow;
        lock (_lock)
        {
            _outputs = [.. _outputs, copy];
        }

        return new Copy(this, copy);
    }

    /// <summary>This factory is the only provider; there is no other to add.</summary>
    void ILoggerFactory.AddProvider(ILoggerProvider provider) => throw new NotSupportedException("the outputs are fixed");

    public void Dispose()
    {
        foreach (var output in Interlocked.Exchange(ref _outputs, []))
        {
            output.Dispose();
        }
    }

    internal bool IsEnabled(LogLevel level) => level != LogLevel.None && Array.Exists(_outputs, output => level >= output.Level && Concerns(output));

    internal DateTimeOffset Now() => _time.GetUtcNow();

    internal void Write(in LogEntry entry)
    {
        foreach (var output in _outputs)
        {
            if (Concerns(output))
            {
                output.Write(entry);
            }
        }
    }

    private bool Concerns(LogOutput output) => output.Flow is null || output.Flow == _flow.Value;

    private static List<LogSink> OpenSinks(IReadOnlyList<string> paths, LogStreams streams)
    {
        var sinks = new List<LogSink>();
        try
        {
            foreach (var path in paths.DefaultIfEmpty("stderr").Distinct(StringComparer.Ordinal))
            {
                sinks.Add(LogSink.Open(path, streams));
            }

            return sinks;
        }
        catch
        {
            sinks.ForEach(sink => sink.Dispose());
            throw;
        }
    }

    private void Remove(LogOutput copy)
    {
        lock (_lock)
        {
            _outputs = [.. _outputs.Where(output => output != copy)];
        }

        copy.Dispose();
    }

    private sealed class Copy(StructuredLoggerFactory factory, LogOutput output) : IDisposable
    {
        public void Dispose() => factory.Remove(output);
    }
}
