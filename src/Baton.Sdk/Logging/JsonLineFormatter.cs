using System.Buffers;
using Baton.Configuration.Secrets;

namespace Baton.Sdk.Logging;

internal sealed class JsonLineFormatter(FieldWriter fields, Redactor redactor, bool withStackTraces)
    : LineFormatter(fields, redactor, withStackTraces)
{
    public override void Format(in LogEntry entry, LineBuffer buffer)
    {
        var writer = buffer.Json;
        writer.WriteStartObject();
        writer.WriteString("level"u8, LogLevels.Name(entry.Level));
        writer.WriteNumber("ts"u8, LogTime.UnixSeconds(entry.Time));
        writer.WriteString("caller"u8, entry.Caller);
        writer.WriteString("msg"u8, Redact(entry.Message));
        WriteMembers(entry, writer);
        writer.WriteEndObject();
        writer.Flush();
        buffer.Bytes.Write(buffer.JsonBytes.WrittenSpan);
        buffer.Bytes.Write("\n"u8);
    }
}
