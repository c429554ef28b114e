using Baton.Configuration.Secrets;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Hosting;

/// <summary>Of everything that is logged, a person at a terminal sees the warnings and errors, in words.</summary>
internal sealed class TerminalLoggers(TerminalDisplay display, Redactor redactor) : ILoggerFactory, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("the terminal is the only output");

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning && logLevel != LogLevel.None;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            var text = formatter(state, exception);
            var fields = state is IReadOnlyList<KeyValuePair<string, object?>> pairs
                ? string.Join(", ", pairs.Where(pair => pair.Key != "{OriginalFormat}" && !text.Contains(Text(pair), StringComparison.Ordinal)).Select(Text))
                : "";
            display.Say(redactor.Redact($"{(logLevel >= LogLevel.Error ? "Error" : "Warning")}: {text}{(fields.Length > 0 ? $" ({fields})" : "")}"));
        }
    }

    public void Dispose()
    {
        // Nothing to close: the display is its owner's.
    }

    private static string Text(KeyValuePair<string, object?> field) => $"{field.Value}";
}
