using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Baton.Sdk.Connectors;

namespace Baton.Sdk.Http;

/// <summary>
/// Rate limits as servers and gateways write them: four families of <c>X-RateLimit-*</c> headers, and <c>Retry-After</c>. Resets come
/// as seconds, as a point in Unix seconds or milliseconds, or as a date.
/// </summary>
internal static class RateLimitHeaders
{
    /// <summary>How long an overrun limit is taken to last when the server does not say.</summary>
    private static readonly TimeSpan UnsaidReset = TimeSpan.FromSeconds(60);

    // A number of seconds above this is a point in time, not a wait; above a thousand times this it is in milliseconds.
    private const long ThirtyYears = 946_080_000;

    private const string Rfc850 = "dddd, dd-MMM-yy HH:mm:ss 'GMT'";

    private static readonly string[] Families = ["X-Ratelimit-", "Ratelimit-", "X-RateLimit-Requests-", "X-Rate-Limit-"];

    /// <summary>What the headers say; null when they say nothing.</summary>
    public static RateLimit? Read(HttpResponseHeaders headers, HttpStatusCode status, DateTimeOffset now)
    {
        var limit = Number(headers, "Limit");
        var remaining = Number(headers, "Remaining");
        var reset = Families.Select(family => Value(headers, family + "Reset")).Append(Value(headers, "Retry-After")).FirstOrDefault(text => text is not null);
        var resetAt = reset is null ? null : ParseReset(reset, now);
        if (status == HttpStatusCode.TooManyRequests)
        {
            return new RateLimit(resetAt is null ? 1 : limit, 0, resetAt ?? now + UnsaidReset);
        }

        return resetAt is { } at ? new RateLimit(limit, remaining, at) : null;
    }

    // A date may begin with a number too: it is looked for first, by the dashes and colons that a number has not.
    private static DateTimeOffset? ParseReset(string text, DateTimeOffset now)
        => text.AsSpan().ContainsAny('-', ':') ? ParseDate(text) : LeadingNumber(text) switch
        {
            > ThirtyYears * 1000 and { } milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(milliseconds, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())),
            > ThirtyYears and { } seconds => DateTimeOffset.FromUnixTimeSeconds(Math.Min(seconds, DateTimeOffset.MaxValue.ToUnixTimeSeconds())),
            { } wait => now + TimeSpan.FromSeconds(wait),
            null => null,
        };

    private static DateTimeOffset? ParseDate(string text)
        => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date
            : DateTimeOffset.TryParseExact(text, Rfc850, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date) ? date
            : null;

    private static long? Number(HttpResponseHeaders headers, string name)
        => Families.Select(family => Value(headers, family + name)).FirstOrDefault(text => text is not null) is { } text ? LeadingNumber(text) : null;

    private static long? LeadingNumber(string text)
    {
        var digits = text.AsSpan().Trim();
        var length = 0;
        while (length < digits.Length && char.IsAsciiDigit(digits[length]))
        {
            length++;
        }

        return long.TryParse(digits[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static string? Value(HttpResponseHeaders headers, string name)
        => headers.TryGetValues(name, out var values) ? values.FirstOrDefault(value => !string.IsNullOrWhiteSpace(value)) : null;
}
