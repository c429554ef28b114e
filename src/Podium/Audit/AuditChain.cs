using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Podium.Data;

namespace Podium.Audit;

/// <summary>
/// How a row hangs on the one before: the hash is over the hash before it in hexadecimal, a line feed, and the row as a JSON array in UTF-8. Simple
/// enough to be checked with other tools; docs/podium/audit.md says how.
/// </summary>
internal static class AuditChain
{
    public static readonly byte[] Beginning = new byte[SHA256.HashSizeInBytes];

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Next(ReadOnlySpan<byte> before, long number, AuditRow row)
    {
        using var text = new MemoryStream();
        text.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(before) + "\n"));
        using (var json = new Utf8JsonWriter(text, Plain))
        {
            json.WriteStartArray();
            json.WriteNumberValue(number);
            json.WriteNumberValue(row.Id);
            json.WriteNumberValue(row.At.Microseconds);
            json.WriteStringValue(row.Kind);
            json.WriteStringValue(row.ActorKind.ToString());
            if (row.ActorId is { } actor)
            {
                json.WriteNumberValue(actor);
            }
            else
            {
                json.WriteNullValue();
            }

            json.WriteStringValue(row.ClientId);
            json.WriteStringValue(row.Address);
            json.WriteStringValue(row.SubjectKind);
            json.WriteStringValue(row.SubjectId);
            json.WriteStringValue(row.Details);
            json.WriteEndArray();
        }

        return SHA256.HashData(text.GetBuffer().AsSpan(0, (int)text.Length));
    }

    /// <summary>What is signed: one line.</summary>
    public static string HeadText(long number, Moment at, ReadOnlySpan<byte> hash) => $"podium audit head {number} {at} {Convert.ToHexStringLower(hash)}\n";
}
