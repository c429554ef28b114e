using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Logging;

/// <summary>The logger of one category.</summary>
internal sealed class StructuredLogger(string category, StructuredLoggerFactory factory) : ILogger
{
    private const string TemplateKey = "{OriginalFormat}";

    private readonly string _place = Place(category);

    public bool IsEnabled(LogLevel logLevel) => factory.IsEnabled(logLevel);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => factory.Scopes.Push(state);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var fields = state as IReadOnlyList<KeyValuePair<string, object?>> ?? [];
        factory.Write(new LogEntry(
            factory.Now(),
            logLevel,
            $"{_place}:{eventId.Id}",
            ConstantMessage(fields) ?? formatter(state, exception),
            fields,
            exception,
            factory.Scopes));
    }

    /// <summary>The template itself when it holds no parameter, which spares formatting it.</summary>
    private static string? ConstantMessage(IReadOnlyList<KeyValuePair<string, object?>> fields)
        => fields.Count > 0 && fields[^1] is (TemplateKey, string template) && !template.Contains('{') ? template : null;

    /// <summary>There is no call site to report; the last part of the namespace and the type say nearly as much.</summary>
    private static string Place(string category)
    {
        var generic = category.IndexOf('<');
        var name = generic < 0 ? category : category[..generic];
        var parts = name.Split('.', '+');
        return parts.Length > 1 ? $"{parts[^2].ToLowerInvariant()}/{parts[^1]}" : name;
    }
}
