using System.Net;
using Baton.Sdk.Connectors;
using Baton.Sdk.Http;

namespace Baton.Sdk.Tests.Http;

public sealed class RateLimitHeadersTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("X-Ratelimit-")]
    [InlineData("x-ratelimit-")]
    [InlineData("Ratelimit-")]
    [InlineData("X-RateLimit-Requests-")]
    [InlineData("X-Rate-Limit-")]
    public void RateLimit_EveryFamily_IsRead(string family)
    {
        var limit = Read(HttpStatusCode.OK, (family + "Limit", "100"), (family + "Remaining", "7"), (family + "Reset", "30"));

        Assert.Equal(new RateLimit(100, 7, Now.AddSeconds(30)), limit);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("17", 17)]
    [InlineData(" 17 ", 17)]
    [InlineData("17;w=60", 17)]
    [InlineData("17.9", 17)]
    [InlineData("946080000", 946080000)]
    [InlineData("1795435230", 30)]
    [InlineData("1795435230000", 30)]
    [InlineData("2026-11-23T12:00:30Z", 30)]
    [InlineData("2026-11-23T13:00:30+01:00", 30)]
    [InlineData("Mon, 23 Nov 2026 12:00:30 GMT", 30)]
    [InlineData("Monday, 23-Nov-26 12:00:30 GMT", 30)]
    public void RateLimit_ResetForms_AreUnderstood(string text, int seconds)
    {
        Assert.Equal(Now.AddSeconds(seconds), Read(HttpStatusCode.ServiceUnavailable, ("Retry-After", text))?.ResetAt);
        Assert.Equal(Now.AddSeconds(seconds), Read(HttpStatusCode.OK, ("Ratelimit-Reset", text))?.ResetAt);
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("99999999999999999999999")]
    [InlineData("12:99:99")]
    public void RateLimit_ResetIsNonsense_SaysNothing(string text)
    {
        Assert.Null(Read(HttpStatusCode.OK, ("Ratelimit-Limit", "5"), ("Ratelimit-Reset", text)));
    }

    [Theory]
    [InlineData("253402300800")]
    [InlineData("946080000000")]
    [InlineData("9223372036854775807")]
    public void RateLimit_ResetBeyondAllTimes_IsTheLast(string text)
    {
        Assert.Equal(9999, Read(HttpStatusCode.OK, ("Ratelimit-Reset", text))?.ResetAt.Year);
    }

    [Fact]
    public void RateLimit_SeveralFamilies_FirstWins()
    {
        var limit = Read(
            HttpStatusCode.OK,
            ("X-Rate-Limit-Limit", "4"),
            ("Ratelimit-Limit", "2"),
            ("Retry-After", "9"),
            ("X-Rate-Limit-Reset", "8"),
            ("X-RateLimit-Requests-Remaining", "3"));

        Assert.Equal(new RateLimit(2, 3, Now.AddSeconds(8)), limit);
    }

    [Fact]
    public void RateLimit_NothingSaid_IsNull()
    {
        Assert.Null(Read(HttpStatusCode.OK));
        Assert.Null(Read(HttpStatusCode.ServiceUnavailable, ("X-Ratelimit-Limit", "5"), ("X-Ratelimit-Remaining", "5")));
    }

    [Fact]
    public void RateLimit_TooManyRequests_LeavesNone()
    {
        Assert.Equal(new RateLimit(1, 0, Now.AddSeconds(60)), Read(HttpStatusCode.TooManyRequests));
        Assert.Equal(new RateLimit(1, 0, Now.AddSeconds(60)), Read(HttpStatusCode.TooManyRequests, ("Retry-After", "soon")));
        Assert.Equal(new RateLimit(null, 0, Now.AddSeconds(3)), Read(HttpStatusCode.TooManyRequests, ("Retry-After", "3")));
        Assert.Equal(
            new RateLimit(100, 0, Now.AddSeconds(3)),
            Read(HttpStatusCode.TooManyRequests, ("X-Ratelimit-Limit", "100"), ("X-Ratelimit-Remaining", "50"), ("X-Ratelimit-Reset", "3")));
    }

    private static RateLimit? Read(HttpStatusCode status, params (string Name, string Value)[] headers)
    {
        using var response = new HttpResponseMessage(status);
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return HttpFailure.RateLimit(response, Now);
    }
}
