using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.ServiceAccounts;

/// <summary>
/// A token in the form in which it is handed over: the schema <c>api_key_v2</c>, upstream's, with all that its user needs to know. Readers
/// refuse members that are unknown, twice there or null, so there are these and no others.
/// </summary>
internal static class TokenCredential
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="key">The token itself.</param>
    /// <param name="instance">Where it is good.</param>
    /// <param name="tokenId">Grafana's number of it.</param>
    /// <param name="expiresAt">As Grafana says; told as a date of UTC.</param>
    public static Plaintext Make(ReadOnlySpan<byte> key, Uri instance, long tokenId, DateTimeOffset expiresAt)
    {
        var address = instance.AbsoluteUri.TrimEnd('/');

        // Large enough from the start, so that it is never copied: every byte of JSON text can take six.
        var buffer = new ArrayBufferWriter<byte>(512 + (6 * (key.Length + (4 * address.Length))));
        try
        {
            using (var json = new Utf8JsonWriter(buffer, Plain))
            {
                json.WriteStartObject();
                json.WriteString("key_value", key);
                json.WriteString("provider", "grafana");
                json.WriteString("base_url", address);
                json.WriteString("key_id", tokenId.ToString(CultureInfo.InvariantCulture));
                json.WriteString("header_name", "Authorization");
                json.WriteString("expires_at", expiresAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                json.WriteEndObject();
            }

            return new Plaintext("token", buffer.WrittenSpan) { Schema = "api_key_v2" };
        }
        finally
        {
            buffer.Clear();
        }
    }
}
