using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Podium.Data;
using Podium.SignIn;
using Podium.Telemetry;

namespace Podium.AccessLog;

/// <summary>
/// One request: who, what, when, and how it was answered. By the pattern of its route, with the ids of what it was about; never its address, whose
/// query is what somebody searched for and whose path may be a secret (a set-up link).
/// </summary>
internal static class AccessLine
{
    // Names of parts of routes that are ids of things.
    private static readonly string[] Ids = ["id", "app", "app_id", "account", "entitlement", "role_id", "entry"];
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(HttpContext context, Moment at, TimeSpan took)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, Options))
        {
            json.WriteStartObject();
            json.WriteString("time", at.ToString());
            json.WriteString("address", context.Connection.RemoteIpAddress?.ToString());
            if (context.Caller() is { } caller)
            {
                json.WriteString("person", caller.PublicId.ToString());
                Write(json, "session", caller.SessionId?.ToString(CultureInfo.InvariantCulture));
                Write(json, "client", caller.ClientId);
            }
            else
            {
                Write(json, "client", context.Features.Get<CallingClient>()?.ClientId);
            }

            json.WriteString("method", context.Request.Method.Length <= 16 ? context.Request.Method : "other");
            json.WriteString("route", ServedRequestTelemetry.RouteOf(context));
            json.WriteStartObject("of");
            foreach (var name in Ids)
            {
                // An id is short; what is longer is somebody's attempt at something.
                if (context.Request.RouteValues.GetValueOrDefault(name) is string { Length: <= 64 } value)
                {
                    json.WriteString(name, value);
                }
            }

            json.WriteEndObject();
            json.WriteNumber("status", context.Response.StatusCode);
            json.WriteNumber("milliseconds", (long)took.TotalMilliseconds);
            json.WriteEndObject();
        }

        text.WriteByte((byte)'\n');
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}

/// <summary>The program that a call's token speaks for, where that is no person's.</summary>
internal sealed record CallingClient(string ClientId);
