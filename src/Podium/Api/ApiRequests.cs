using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace Podium.Api;

/// <summary>How a request of the API is read.</summary>
internal static class ApiRequests
{
    /// <summary>Bytes. No request of this API is near it; files go another way.</summary>
    public const int LargestBody = 1024 * 1024;

    public static bool IsApi(HttpRequest request) => request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether this is for programs alone: a cookie in it means nothing.</summary>
    public static bool CarriesNoCookies(HttpRequest request)
        => IsApi(request)
            || request.Path.StartsWithSegments("/auth", StringComparison.OrdinalIgnoreCase)
            || request.Path.StartsWithSegments("/scim", StringComparison.OrdinalIgnoreCase)
            || request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The body as an object; an empty one is an object without members.</summary>
    /// <exception cref="ApiException">It is no JSON object of that shape.</exception>
    public static async Task<T> ReadBodyAsync<T>(this HttpContext context, CancellationToken cancellationToken)
        where T : class, new()
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LargestBody;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, cancellationToken);
        var bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        if (bytes.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            return new();
        }

        try
        {
            return JsonSerializer.Deserialize<T>(bytes.Span, ApiJson.Options) ?? new();
        }
        catch (JsonException malformed)
        {
            throw new ApiException(ApiCode.InvalidArgument, Describe(malformed));
        }
    }

    // The text of the exception names types of this server.
    private static string Describe(JsonException malformed)
    {
        var path = malformed.Path is { Length: > 2 } named ? $"The member {named[2..]}" : "The body";
        var place = $"line {malformed.LineNumber + 1}, byte {malformed.BytePositionInLine + 1}";
        return malformed.Message.StartsWith("is no ", StringComparison.Ordinal)
            ? $"{path} {malformed.Message} ({place})."
            : $"{path} is no JSON of the kind that is expected here ({place}).";
    }
}
