using System.Buffers;
using Baton.Configuration.Secrets;

namespace Baton.Sdk.Logging;

internal sealed class ConsoleLineFormatter(FieldWriter fields, Redactor redactor, bool withStackTraces, TimeZoneInfo zone)
    : LineFormatter(fields, redactor, withStackTraces)
{
    public override void Format(in LogEntry entry, LineBuffer buffer)
    {
        var line = buffer.Bytes;
        Append(line, LogTime.Text(TimeZoneInfo.ConvertTime(entry.Time, zone)));
        line.Write("\t"u8);
        Append(line, LogLevels.Name(entry.Level).ToUpperInvariant());
        line.Write("\t"u8);
        Append(line, entry.Caller);
        line.Write("\t"u8);
        Append(line, Printable(Redact(entry.Message)));
        buffer.Json.WriteStartObject();
        WriteMembers(entry, buffer.Json);
        buffer.Json.WriteEndObject();
        buffer.Json.Flush();
        var members = buffer.JsonBytes.WrittenSpan;
        if (members.Length > "{}".Length)
        {
            line.Write("\t"u8);
            AppendSpaced(line, members);
        }

        line.Write("\n"u8);
    }

    /// <summary>A message may quote a remote text; that must not be able to drive the terminal.</summary>
    private static string Printable(string message)
        => message.Any(IsControl) ? string.Concat(message.Select(character => IsControl(character) ? '\uFFFD' : character)) : message;

    private static bool IsControl(char character) => char.IsControl(character) && character is not ('\n' or '\t');

    /// <summary>Copies JSON with a space after each comma and colon between its tokens.</summary>
    private static void AppendSpaced(ArrayBufferWriter<byte> line, ReadOnlySpan<byte> json)
    {
        var target = line.GetSpan(json.Length * 2);
        var length = 0;
        var inText = false;
        for (var index = 0; index < json.Length; index++)
        {
            var token = json[index];
            target[length++] = token;
            switch (token)
            {
                case (byte)'\\' when inText:
                    target[length++] = json[++index];
                    break;
                case (byte)'"':
                    inText = !inText;
                    break;
                case (byte)',' or (byte)':' when !inText:
                    target[length++] = (byte)' ';
                    break;
            }
        }

        line.Advance(length);
    }
}
