using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Baton.Testing.Grafana;
using Microsoft.Extensions.Time.Testing;

namespace Baton.Testing.Tests.Grafana.Recordings;

/// <summary>Asks the fake what was asked of the true server, in the same order, and tells where the answers differ.</summary>
internal sealed class RecordingReplay : IDisposable
{
    private readonly RecordedServer _server;
    private readonly FakeTimeProvider _time;
    private readonly HttpClient _client;
    private readonly Secrets _secrets = new();

    public RecordingReplay(FakeGrafana grafana, RecordedServer server, FakeTimeProvider time)
    {
        (_server, _time) = (server, time);
        _client = grafana.CreateAnonymousClient();
        server.Seed(grafana, _secrets);
    }

    public void Dispose() => _client.Dispose();

    /// <summary>How the answer differs; null when it does not.</summary>
    public async Task<string?> PlayAsync(Recording recording, CancellationToken cancellationToken)
    {
        if (_server.Clock.TryGetValue(recording.Order, out var now))
        {
            _time.SetUtcNow(_server.At(now));
        }

        foreach (var step in _server.Unrecorded.GetValueOrDefault(recording.Order, []))
        {
            using var request = MakeRequest(step.Method, step.Path, step.Credential, step.Body, "application/json");
            using var response = await _client.SendAsync(request, cancellationToken);
            Assert.Equal(step.Status, (int)response.StatusCode);
        }

        return await CompareAsync(recording, cancellationToken);
    }

    private async Task<string?> CompareAsync(Recording recording, CancellationToken cancellationToken)
    {
        using var request = MakeRequest(
            recording.Method,
            _secrets.Translate(recording.Path),
            recording.Credential,
            recording.RequestBody is null ? null : _secrets.Translate(recording.RequestBody),
            recording.RequestHeaders.GetValueOrDefault("Content-Type", "application/json"));
        foreach (var (name, value) in recording.RequestHeaders.Where(header => header.Key != "Content-Type"))
        {
            request.Headers.Add(name, value);
        }

        using var response = await _client.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return (int)response.StatusCode != recording.Status ? $"status {(int)response.StatusCode} instead of {recording.Status}: {text}"
            : DifferenceOfHeaders(recording, response) ?? DifferenceOfBodies(recording, text);
    }

    private static string? DifferenceOfHeaders(Recording recording, HttpResponseMessage response)
    {
        var expectedType = MediaTypeHeaderValue.Parse(recording.Headers["Content-Type"]).MediaType;
        return expectedType != response.Content.Headers.ContentType?.MediaType ? $"content type {response.Content.Headers.ContentType}"
            : recording.Headers.TryGetValue("Location", out var location) && location != response.Headers.Location?.OriginalString
                ? $"location {response.Headers.Location}"
            : recording.Headers.ContainsKey("Set-Cookie") != response.Headers.Contains("Set-Cookie") ? "the session cookie"
            : null;
    }

    private string? DifferenceOfBodies(Recording recording, string text)
    {
        if (recording.IsText)
        {
            return text == recording.Body.GetString() ? null : $"body {text}";
        }

        var expected = JsonNode.Parse(recording.Body.GetRawText());
        var actual = text.Length == 0 ? null : JsonNode.Parse(text);
        _secrets.Learn(expected, actual);
        expected = JsonNode.Parse(_secrets.Translate(expected?.ToJsonString() ?? "null"));
        if (recording.Path.EndsWith("/quotas", StringComparison.Ordinal))
        {
            // The server kept them in a map, whose order is another with every request.
            (expected, actual) = (ByTarget(expected), ByTarget(actual));
        }

        return FirstDifference("body", expected, actual);
    }

    private static string? FirstDifference(string place, JsonNode? expected, JsonNode? actual) => (expected, actual) switch
    {
        _ when JsonNode.DeepEquals(expected, actual) => null,
        (JsonObject recorded, JsonObject ours) => recorded.Select(member => member.Key).Union(ours.Select(member => member.Key), StringComparer.Ordinal)
            .Select(name => recorded.ContainsKey(name) != ours.ContainsKey(name)
                ? $"{place}.{name} is {(ours.ContainsKey(name) ? "too much" : "missing")}"
                : FirstDifference($"{place}.{name}", recorded[name], ours[name]))
            .FirstOrDefault(difference => difference is not null),
        (JsonArray recorded, JsonArray ours) when recorded.Count == ours.Count => recorded
            .Select((row, index) => FirstDifference($"{place}[{index}]", row, ours[index]))
            .FirstOrDefault(difference => difference is not null),
        _ => $"{place} is {actual?.ToJsonString() ?? "null"} instead of {expected?.ToJsonString() ?? "null"}",
    };

    private static JsonNode? ByTarget(JsonNode? node) => node is not JsonArray rows ? node
        : new JsonArray([.. rows.Select(row => row!.DeepClone()).OrderBy(row => row["target"]!.ToString(), StringComparer.Ordinal)]);

    private HttpRequestMessage MakeRequest(string method, string path, string credential, string? body, string contentType)
    {
        var request = new HttpRequestMessage(new(method), path);
        if (_secrets.Authorization(credential) is { } authorization)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            if (contentType.Length > 0)
            {
                request.Content.Headers.ContentType = new(contentType);
            }
        }

        return request;
    }
}
