using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Baton.Sdk.Connectors;
using Baton.Sdk.Http;
using Grpc.Core;

namespace Baton.Grafana.Api;

/// <summary>Tells what a response means that is not the JSON that was asked for.</summary>
internal static partial class GrafanaResponse
{
    private const int LongestErrorBody = 64 * 1024;
    private const int LongestMessage = 300;

    /// <summary>The exception for a response that is not a success, or not JSON.</summary>
    public static async Task<ConnectorException> ExplainAsync(
        HttpResponseMessage response, Uri server, string path, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (status is >= 300 and < 400)
        {
            return new ConnectorException(
                StatusCode.FailedPrecondition,
                $"{server} redirects to {Target(response, server, path)} instead of answering; check the instance URL (a sub-path? http or https? a proxy that wants a login?)");
        }

        return Explain(response, server, path, now, Text(await ReadAsync(response, cancellationToken)));
    }

    /// <summary>What a request that changes something came to.</summary>
    /// <exception cref="ConnectorException">It had no effect, whatever it was: a refused credential, a rate limit, a redirect.</exception>
    public static async Task<WriteAnswer> ReadWriteAsync(
        HttpResponseMessage response, Uri server, string path, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (status is 401 or 407 or 429 or (>= 300 and < 400))
        {
            throw await ExplainAsync(response, server, path, now, cancellationToken);
        }

        var said = await ReadAsync(response, cancellationToken);
        return new WriteAnswer
        {
            Status = response.IsSuccessStatusCode && said is null ? 0 : status,
            Message = Text(said) ?? "",
            MessageId = said?.MessageId ?? "",
            UserId = said?.UserId,
            Id = said?.Id,
            Failure = response.IsSuccessStatusCode && said is not null ? null : Explain(response, server, path, now, Text(said)),
        };
    }

    public static bool IsJson(HttpResponseMessage response) => MediaType(response).EndsWith("json", StringComparison.OrdinalIgnoreCase);

    private static ConnectorException Explain(HttpResponseMessage response, Uri server, string path, DateTimeOffset now, string? message)
    {
        if (response.IsSuccessStatusCode)
        {
            return new ConnectorException(
                StatusCode.FailedPrecondition,
                $"{server} does not answer as Grafana does: {path} gave {What(response)}; check the instance URL");
        }

        if (!IsJson(response) && Stranger(response, server, path) is { } stranger)
        {
            return stranger;
        }

        var text = response.StatusCode switch
        {
            // Its words for a visitor without any credential: a wrong password is "invalid", whatever the release.
            HttpStatusCode.Unauthorized when message == "Unauthorized" => "Grafana answers Unauthorized without having looked at the credential: switch basic "
                + "authentication on in Grafana ([auth.basic] enabled), or let what is in between pass on the header Authorization",
            HttpStatusCode.Unauthorized => $"Grafana refuses the credential: {message ?? "unauthorized"}; check the username and password, or the token. "
                + "Not tried again: Grafana locks an account after five failures",
            HttpStatusCode.Forbidden => $"Grafana forbids {path}: {message ?? "permission denied"}",
            HttpStatusCode.ProxyAuthenticationRequired => "a proxy in between asks who we are (407); check HTTP_PROXY and NO_PROXY",
            HttpStatusCode.TooManyRequests => $"Grafana or a gateway in front of it limits the request rate ({path}: 429 {message})",
            _ => $"Grafana answers {path} with {(int)response.StatusCode}{(message is null ? "" : $": {message}")}",
        };
        return new ConnectorException(HttpFailure.Code(response.StatusCode), text.TrimEnd()) { RateLimit = HttpFailure.RateLimit(response, now) };
    }

    /// <summary>
    /// Grafana says in JSON what it refuses and what it has not. A page says that somebody else answered, for whom nothing is absent and no
    /// credential wrong.
    /// </summary>
    private static ConnectorException? Stranger(HttpResponseMessage response, Uri server, string path) => response.StatusCode switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new(
            HttpFailure.Code(response.StatusCode),
            $"not Grafana but something in front of it{Name(response)} answers {path} with {(int)response.StatusCode} ({MediaType(response)}); let the connector through there, or give the address of Grafana itself"),
        HttpStatusCode.NotFound => new(
            StatusCode.FailedPrecondition,
            $"{server} answers {path} with 404 ({MediaType(response)}{Name(response)}), which is not how Grafana says that something is not there; check the instance URL, and whether a gateway blocks the path"),
        _ => null,
    };

    // nginx, Google Frontend and the like say who they are.
    private static string Name(HttpResponseMessage response)
        => response.Headers.Server.ToString() is { Length: > 0 and < 100 } name ? $" ({OneLine(name)})" : "";

    private static string What(HttpResponseMessage response) => IsJson(response) ? "JSON that cannot be read" : $"{MediaType(response)} instead of JSON";

    private static string MediaType(HttpResponseMessage response) => response.Content.Headers.ContentType?.MediaType ?? "no content type";

    // Of a location only where it leads: a login page's query can carry tokens, its authority a password, and its path whatever of the
    // request's own path is not shown.
    private static string Target(HttpResponseMessage response, Uri server, string path)
    {
        if (response.Headers.Location is not { } location)
        {
            return "nowhere";
        }

        var showsPath = response.RequestMessage?.RequestUri?.AbsolutePath == new Uri(server, path.TrimStart('/')).AbsolutePath;
        return new Uri(server, location).GetComponents(
            showsPath ? UriComponents.SchemeAndServer | UriComponents.Path : UriComponents.SchemeAndServer, UriFormat.UriEscaped);
    }

    private static async Task<GrafanaMessage?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!IsJson(response) || response.Content.Headers.ContentLength > LongestErrorBody)
        {
            return null;
        }

        try
        {
            await response.Content.LoadIntoBufferAsync(LongestErrorBody, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return JsonSerializer.Deserialize(body, GrafanaJson.Default.GrafanaMessage);
        }
        catch (Exception unreadable) when (unreadable is JsonException or HttpRequestException)
        {
            // Validation errors come as arrays, gateways answer anything: the status says enough.
            return null;
        }
    }

    private static string? Text(GrafanaMessage? said) => string.IsNullOrWhiteSpace(said?.Message) ? null : OneLine(said.Message);

    private static string OneLine(string message)
    {
        var line = Credentials().Replace(string.Concat(message.Select(character => char.IsControl(character) ? ' ' : character)).Trim(), "(secret)");
        return line.Length > LongestMessage ? $"{line[..LongestMessage]}…" : line;
    }

    // Some gateways repeat the request that they could not pass on.
    [GeneratedRegex(@"\b(?:Basic|Bearer)\s+[A-Za-z0-9+/=_.~-]{4,}|\bglsa_\w+|\beyJrIjoi[A-Za-z0-9+/=]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Credentials();
}
