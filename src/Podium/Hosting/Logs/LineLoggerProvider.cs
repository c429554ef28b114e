using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Baton.Configuration.Secrets;
using Podium.Data;
using Podium.Hosting.Settings;

namespace Podium.Hosting.Logs;

/// <summary>Writes a line an event on standard error, with the secrets that are known taken out of it.</summary>
internal sealed class LineLoggerProvider(TextWriter writer, LogOptions options, IReadOnlyList<string> secrets, TimeProvider clock) : ILoggerProvider
{
    // The host's own words about a start that failed; they follow as one line for whoever started it.
    private static readonly (string Category, int Event) ToldElsewhere = ("Microsoft.Extensions.Hosting.Internal.Host", 11);

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Redactor _redactor = new(secrets);
    private readonly Lock _turn = new();

    private bool IsJson => options.IsJson;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private bool IsOn(string category, LogLevel level)
        => level != LogLevel.None && level >= (category.StartsWith("Podium", StringComparison.Ordinal) || options.Level == LogLevel.Debug ? options.Level : LogLevel.Warning);

    private Moment Now() => clock.Now();

    private void Write(string line)
    {
        lock (_turn)
        {
            writer.WriteLine(_redactor.Redact(line));
        }
    }

    private sealed class Logger(LineLoggerProvider provider, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => provider.IsOn(category, logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel) || (category, eventId.Id) == ToldElsewhere)
            {
                return;
            }

            var fields = state as IReadOnlyList<KeyValuePair<string, object?>> ?? [];
            provider.Write(provider.IsJson ? JsonLine(logLevel, fields, exception, formatter(state, exception)) : ConsoleLine(logLevel, fields, exception, formatter(state, exception)));
        }

        private string JsonLine(LogLevel level, IReadOnlyList<KeyValuePair<string, object?>> fields, Exception? exception, string message)
        {
            using var line = new MemoryStream();
            using (var json = new Utf8JsonWriter(line, Json))
            {
                json.WriteStartObject();
                json.WriteString("level", NameOf(level));
                json.WriteString("ts", provider.Now().ToString());
                json.WriteString("logger", category);
                json.WriteString("msg", message);
                foreach (var (name, value) in fields)
                {
                    if (name != "{OriginalFormat}")
                    {
                        json.WriteString(JsonNamingPolicy.SnakeCaseLower.ConvertName(name), value?.ToString());
                    }
                }

                if (exception is not null)
                {
                    json.WriteString("error", exception.ToString());
                }

                json.WriteEndObject();
            }

            return Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length);
        }

        private string ConsoleLine(LogLevel level, IReadOnlyList<KeyValuePair<string, object?>> fields, Exception? exception, string message)
        {
            var line = new StringBuilder($"{provider.Now()}\t{NameOf(level).ToUpperInvariant()}\t{Printable(message)}");
            foreach (var (name, value) in fields)
            {
                if (name != "{OriginalFormat}")
                {
                    line.Append($"\t{JsonNamingPolicy.SnakeCaseLower.ConvertName(name)}={Printable($"{value}")}");
                }
            }

            return exception is null ? line.ToString() : $"{line}\n{exception}";
        }

        // A message may quote what a stranger sent; that must not drive the terminal.
        private static string Printable(string text) => string.Concat(text.Select(character => char.IsControl(character) ? '\uFFFD' : character));

        private static string NameOf(LogLevel level) => level switch
        {
            LogLevel.Trace or LogLevel.Debug => "debug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            _ => "error",
        };
    }
}
