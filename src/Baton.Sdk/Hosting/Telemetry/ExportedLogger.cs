using System.Text.RegularExpressions;
using Baton.Configuration.Secrets;
using Baton.Sdk.Logging;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Hosting.Telemetry;

/// <summary>One category. What is exported has neither secrets nor e-mail addresses: it leaves the machine, and is kept.</summary>
internal sealed partial class ExportedLogger(ILogger log, ILogger export, Redactor redactor) : ILogger
{
    private const string TemplateKey = "{OriginalFormat}";

    public bool IsEnabled(LogLevel logLevel) => log.IsEnabled(logLevel);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => log.BeginScope(state);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!log.IsEnabled(logLevel))
        {
            return;
        }

        log.Log(logLevel, eventId, state, exception, formatter);
        var fields = new List<KeyValuePair<string, object?>>();
        foreach (var (name, value) in state as IReadOnlyList<KeyValuePair<string, object?>> ?? [])
        {
            fields.Add(name == TemplateKey ? new(name, value) : new(FieldName.Of(name).ToString(), value is bool or int or long or double ? value : Clean(value)));
        }

        if (exception is not null)
        {
            fields.Add(new("exception.type", exception.GetType().FullName));
            fields.Add(new("exception.message", Clean(exception.Message)));
        }

        export.Log(logLevel, eventId, fields, null, static (_, _) => "");
    }

    private string? Clean(object? value) => value?.ToString() is { } text ? EmailAddress().Replace(redactor.Redact(text), "EMAIL") : null;

    [GeneratedRegex("""[^\s"'<>@:;,()]+@[^\s"'<>@:;,()]+""", RegexOptions.NonBacktracking)]
    private static partial Regex EmailAddress();
}
