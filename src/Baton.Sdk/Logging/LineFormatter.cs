using System.Buffers;
using System.Text;
using System.Text.Json;
using Baton.Configuration.Secrets;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Logging;

/// <summary>Turns an event into a line, with its line break.</summary>
internal abstract class LineFormatter(FieldWriter fields, Redactor redactor, bool withStackTraces)
{
    /// <summary>Stack traces are for those who look for a defect, and who therefore log at debug level.</summary>
    public static LineFormatter Create(LogFormat format, Redactor redactor, LogLevel level, TimeZoneInfo zone)
    {
        var fields = new FieldWriter(format, redactor);
        var withStackTraces = level <= LogLevel.Debug;
        return format == LogFormat.Console
            ? new ConsoleLineFormatter(fields, redactor, withStackTraces, zone)
            : new JsonLineFormatter(fields, redactor, withStackTraces);
    }

    /// <summary>Leaves the line in <see cref="LineBuffer.Bytes"/>.</summary>
    public abstract void Format(in LogEntry entry, LineBuffer buffer);

    protected string Redact(string text) => redactor.Redact(text);

    /// <summary>The members of the event, from those of its scopes to its exception.</summary>
    protected void WriteMembers(in LogEntry entry, Utf8JsonWriter writer)
    {
        entry.Scopes.ForEachScope(
            static (scope, state) =>
            {
                if (scope is IEnumerable<KeyValuePair<string, object?>> members)
                {
                    state.fields.WriteFields(state.writer, members as IReadOnlyList<KeyValuePair<string, object?>> ?? [.. members]);
                }
            },
            (fields, writer));
        fields.WriteFields(writer, entry.Fields);
        if (entry.Exception is { } exception)
        {
            writer.WriteString("error"u8, Redact(ErrorText.Of(exception)));
            if (withStackTraces)
            {
                writer.WriteString("stacktrace"u8, Redact(exception.ToString()));
            }
        }
    }

    protected static void Append(ArrayBufferWriter<byte> bytes, string text) => Encoding.UTF8.GetBytes(text, bytes);
}
