using System.Globalization;
using System.Net;
using System.Text;

namespace Baton.Sdk.Hosting.Health;

/// <summary>What a probe is answered.</summary>
internal sealed record HealthAnswer(HttpStatusCode Status, string ContentType, ReadOnlyMemory<byte> Body)
{
    public static HealthAnswer NotFound { get; } = Text(HttpStatusCode.NotFound, "404 page not found\n");

    public static HealthAnswer NotHttp { get; } = Text(HttpStatusCode.BadRequest, "400 Bad Request\n");

    public static HealthAnswer TooLong { get; } = Text(HttpStatusCode.RequestHeaderFieldsTooLarge, "431 Request Header Fields Too Large\n");

    public static HealthAnswer TooSlow { get; } = Text(HttpStatusCode.RequestTimeout, "408 Request Timeout\n");

    public static HealthAnswer Broken { get; } = Text(HttpStatusCode.InternalServerError, "500 Internal Server Error\n");

    private string Reason => Status switch
    {
        HttpStatusCode.OK => "OK",
        HttpStatusCode.BadRequest => "Bad Request",
        HttpStatusCode.NotFound => "Not Found",
        HttpStatusCode.RequestTimeout => "Request Timeout",
        HttpStatusCode.RequestHeaderFieldsTooLarge => "Request Header Fields Too Large",
        HttpStatusCode.ServiceUnavailable => "Service Unavailable",
        _ => "Internal Server Error",
    };

    /// <summary>As it is sent: one answer a connection.</summary>
    /// <param name="now">When.</param>
    /// <param name="withBody">Not for <c>HEAD</c>, whose answer only says how long the body would be.</param>
    public byte[] ToBytes(DateTimeOffset now, bool withBody)
    {
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {(int)Status} {Reason}\r\nContent-Type: {ContentType}\r\nContent-Length: {Body.Length}\r\nDate: {now:R}\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. withBody ? Body.Span : []];
    }

    private static HealthAnswer Text(HttpStatusCode status, string text) => new(status, "text/plain; charset=utf-8", Encoding.ASCII.GetBytes(text));
}
