using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Baton.Grafana.Tests;

/// <summary>Every line that is logged at any level, its fields included.</summary>
internal sealed class CollectedLogs : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var fields = state as IEnumerable<KeyValuePair<string, object?>> ?? [];
        _lines.Enqueue($"{logLevel}: {formatter(state, exception)} {string.Join(' ', fields.Select(field => $"{field.Key}={field.Value}"))} {exception}");
    }

    public void Dispose()
    {
        // Holds nothing.
    }
}
