using System.Net;
using System.Text;
using Baton.Credentials;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Tasks.Transport;

/// <summary>
/// The access token of this process. One is asked for when it is wanted and the last has less than ten seconds left; who wants one
/// meanwhile waits for the same request. Thread-safe.
/// </summary>
internal sealed partial class TokenSource(
    HttpClient http, PlatformAddress address, ConnectionFailure failures, PlatformOptions options, TimeProvider time, ILogger logger) : IDisposable
{
    private const int MostRedirects = 3;
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private const int LongestAnswer = 1024 * 1024;
    private const int LongestReason = 200;

    // What repeats our assertion is not repeated by us.
    private const string BeginningOfJwt = "eyJ";

    // The assertion holds for two minutes before and after.
    private static readonly TimeSpan ToleratedClockDifference = TimeSpan.FromSeconds(110);
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(30);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private PlatformToken? _token;
    private Task<PlatformToken>? _request;

    /// <exception cref="PlatformException">There is none. It is asked for again when one is wanted again.</exception>
    public async Task<PlatformToken> GetAsync(CancellationToken cancellationToken)
    {
        Task<PlatformToken> request;
        lock (_gate)
        {
            if (_token is { } token && token.IsFresh(time.GetUtcNow()))
            {
                return token;
            }

            request = _request ??= RefreshAsync();
        }

        // Who gives up leaves the request to the others.
        return await request.WaitAsync(cancellationToken);
    }

    /// <summary>The platform does not accept this one any more, so the next caller gets another.</summary>
    public void Forget(PlatformToken token)
    {
        lock (_gate)
        {
            _token = ReferenceEquals(_token, token) ? null : _token;
        }
    }

    public void Dispose()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        _stop.Cancel();
        _stop.Dispose();
        http.Dispose();
    }

    private async Task<PlatformToken> RefreshAsync()
    {
        // The caller holds the lock, and has to let go of it first.
        await Task.Yield();
        try
        {
            var token = await RequestWithCurrentSecretAsync();
            lock (_gate)
            {
                _token = token;
            }

            return token;
        }
        finally
        {
            lock (_gate)
            {
                _request = null;
            }
        }
    }

    // A secret that was replaced a moment ago is worth a second request, where the first was made with the one before.
    private async Task<PlatformToken> RequestWithCurrentSecretAsync()
    {
        var secret = options.Secret();
        try
        {
            return await RequestAsync(secret);
        }
        catch (PlatformException refusal) when (refusal.Failure == PlatformFailure.CredentialsRefused && options.Secret() is var other && other != secret)
        {
            return await RequestAsync(other);
        }
    }

    private async Task<PlatformToken> RequestAsync(ClientSecret secret)
    {
        using var overdue = new CancellationTokenSource(options.TokenTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(overdue.Token, _stop.Token);
        var sentAt = time.GetUtcNow();
        var assertion = ClientAssertion.Create(options.Client, secret, sentAt, ClientAssertion.NewNonce());
        try
        {
            var url = address.TokenUrl;
            for (var redirects = 0; ; redirects++)
            {
                using var request = Request(url, assertion);
                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
                if (redirects < MostRedirects && Elsewhere(response, url) is { } other)
                {
                    url = other;
                    continue;
                }

                var body = await ReadAsync(response, either.Token);
                if (TokenEndpointAnswer.Read(body) is null && SignInRedirect.Explain(response, url) is { } login)
                {
                    throw Unavailable(login);
                }

                return response.StatusCode == HttpStatusCode.OK ? Accept(body, sentAt) : throw Refusal(response, body, sentAt);
            }
        }
        catch (HttpRequestException failure)
        {
            throw failures.Explain(failure, "failed to get token: ");
        }
        catch (Exception failure) when (failure is IOException || (failure is OperationCanceledException && !either.IsCancellationRequested))
        {
            throw failures.Explain(failure, "failed to get token: ");
        }
        catch (OperationCanceledException late) when (overdue.IsCancellationRequested)
        {
            throw new PlatformException(
                PlatformFailure.TimedOut,
                StatusCode.DeadlineExceeded,
                $"failed to get token: no answer from {address.TokenUrl} within {options.TokenTimeout.TotalSeconds:0} s",
                late);
        }
    }

    /// <summary>
    /// Where the same request may be sent again: to another path of the same server. Whoever gets an assertion can get a token with it, so
    /// it goes to nobody else, whatever the server says.
    /// </summary>
    private static Uri? Elsewhere(HttpResponseMessage response, Uri url)
        => response is { StatusCode: HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect, Headers.Location: { } location }
            && new Uri(url, location) is var target && (target.Scheme, target.Host, target.Port) == (url.Scheme, url.Host, url.Port)
            ? target
            : null;

    private HttpRequestMessage Request(Uri url, string assertion) => new(HttpMethod.Post, url)
    {
        Version = HttpVersion.Version20,
        VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        Headers = { { "User-Agent", UserAgent.OfTokenRequests } },
        Content = new FormUrlEncodedContent(
        [
            new("client_id", options.Client.Original),
            new("grant_type", "client_credentials"),
            new("client_assertion_type", AssertionType),
            new("client_assertion", assertion),
        ]),
    };

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var buffer = new byte[4096];
        int read;
        while (body.Length < LongestAnswer && (read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    private PlatformToken Accept(byte[] body, DateTimeOffset sentAt)
    {
        if (TokenEndpointAnswer.Read(body) is not { } answer)
        {
            throw Unavailable($"{address.TokenUrl} answers something that is not a token; what answers there is not the platform");
        }

        if (string.IsNullOrEmpty(answer.AccessToken))
        {
            throw Unavailable("empty access token");
        }

        var type = answer.TokenType ?? "";
        if (!IsVisible(answer.AccessToken) || !IsVisible(type))
        {
            throw Unavailable("the token has characters that no token may have");
        }

        // Without a lifetime it is good for one call, as far as anybody knows.
        var life = TimeSpan.FromSeconds(Math.Clamp(answer.ExpiresIn ?? 0, 0, LongestLife.TotalSeconds));
        LogToken(life.TotalSeconds);
        return new(type, answer.AccessToken, sentAt + life);
    }

    private PlatformException Refusal(HttpResponseMessage response, byte[] body, DateTimeOffset now)
    {
        var status = $"{(int)response.StatusCode} {response.ReasonPhrase}";
        var text = $"failed to get token: {status}{Reason(TokenEndpointAnswer.Read(body))}{ClockDifference(response, now)}";
        return response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            ? new(PlatformFailure.CredentialsRefused, StatusCode.Unauthenticated, $"{text}; check the client id and the client secret")
            : new(PlatformFailure.TokenUnavailable, StatusCode.Unavailable, $"{text} ({address.TokenUrl})");
    }

    private static string Reason(TokenEndpointAnswer? answer)
    {
        var reason = string.Join(": ", new[] { answer?.Error, answer?.ErrorDescription }.Where(part => !string.IsNullOrWhiteSpace(part)));
        if (reason.Length == 0 || reason.Contains(BeginningOfJwt, StringComparison.Ordinal))
        {
            return "";
        }

        var printable = new StringBuilder(": ");
        foreach (var rune in reason.EnumerateRunes().Take(LongestReason).Where(rune => !Rune.IsControl(rune)))
        {
            printable.Append(rune);
        }

        return printable.ToString();
    }

    // A wrong clock is the most likely reason for a refusal that no one understands.
    private static string ClockDifference(HttpResponseMessage response, DateTimeOffset now)
        => response.Headers.Date is { } theirs && (now - theirs).Duration() is var difference && difference > ToleratedClockDifference
            ? $" (the clock here is {difference.TotalSeconds:0} s {(now > theirs ? "ahead of" : "behind")} the platform's)"
            : "";

    private static PlatformException Unavailable(string what) => new(PlatformFailure.TokenUnavailable, StatusCode.Unavailable, $"failed to get token: {what}");

    private static bool IsVisible(string text) => text.All(character => character is > ' ' and < '\x7f');

    [LoggerMessage(EventId = 5201, Level = LogLevel.Debug, Message = "received an access token")]
    private partial void LogToken(double lifetime);
}
