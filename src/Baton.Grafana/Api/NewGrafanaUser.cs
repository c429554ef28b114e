using System.Buffers;
using System.Text.Json;

namespace Baton.Grafana.Api;

/// <summary>An account to create.</summary>
internal sealed record NewGrafanaUser(string Name, string Email, string Login)
{
    /// <summary>The body that creates it.</summary>
    public byte[] ToJson(long? organizationId, ReadOnlySpan<byte> password)
    {
        // Large enough from the start, so that it is never copied: every byte of JSON text can take six.
        var buffer = new ArrayBufferWriter<byte>(256 + (6 * (password.Length + (4 * (Name.Length + Email.Length + Login.Length)))));
        try
        {
            using (var json = new Utf8JsonWriter(buffer))
            {
                json.WriteStartObject();
                json.WriteString("name", Name);
                json.WriteString("email", Email);
                json.WriteString("login", Login);
                json.WriteString("password", password);
                if (organizationId is { } id)
                {
                    json.WriteNumber("OrgId", id);
                }

                json.WriteEndObject();
            }

            return buffer.WrittenSpan.ToArray();
        }
        finally
        {
            buffer.Clear();
        }
    }
}
