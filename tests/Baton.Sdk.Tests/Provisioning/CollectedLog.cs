using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Tests.Provisioning;

internal sealed class CollectedLog : ILogger
{
    public List<(string Message, Dictionary<string, object?> Fields)> Lines { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var fields = state as IReadOnlyList<KeyValuePair<string, object?>> ?? [];
        Lines.Add((formatter(state, exception), fields.ToDictionary(StringComparer.Ordinal)));
    }
}
