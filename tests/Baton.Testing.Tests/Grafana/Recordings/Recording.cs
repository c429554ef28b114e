using System.Text.Json;

namespace Baton.Testing.Tests.Grafana.Recordings;

/// <summary>One recorded exchange with a true Grafana.</summary>
internal sealed record Recording
{
    public required int Order { get; init; }

    public required string Name { get; init; }

    public required string Server { get; init; }

    public required string Method { get; init; }

    public required string Path { get; init; }

    public required string Credential { get; init; }

    public required IReadOnlyDictionary<string, string> RequestHeaders { get; init; }

    /// <summary>As to be sent; null without one.</summary>
    public string? RequestBody { get; init; }

    public required int Status { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public required JsonElement Body { get; init; }

    public required bool IsText { get; init; }

    /// <param name="release">Of the Grafana that was recorded: "6.5".</param>
    /// <returns>In the order in which they were made.</returns>
    public static IReadOnlyList<Recording> ReadAll(string release)
        => [.. File.ReadLines(Repository.Fixture($"grafana-{release}", "exchanges.jsonl")).Select(Read)];

    public override string ToString() => $"{Order:d3} {Name}: {Method} {Path} as {Credential}";

    private static Recording Read(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement.Clone();
        var request = root.GetProperty("request");
        var response = root.GetProperty("response");
        return new()
        {
            Order = root.GetProperty("order").GetInt32(),
            Name = root.GetProperty("name").GetString()!,
            Server = root.GetProperty("server").GetString()!,
            Method = request.GetProperty("method").GetString()!,
            Path = request.GetProperty("path").GetString()!,
            Credential = request.GetProperty("auth").GetString()!,
            RequestHeaders = ReadHeaders(request),
            RequestBody = !request.TryGetProperty("body", out var body) ? null
                : body.ValueKind == JsonValueKind.String ? body.GetString()
                : body.GetRawText(),
            Status = response.GetProperty("status").GetInt32(),
            Headers = ReadHeaders(response),
            Body = response.GetProperty("body"),
            IsText = response.TryGetProperty("bodyIsText", out var isText) && isText.GetBoolean(),
        };
    }

    private static Dictionary<string, string> ReadHeaders(JsonElement message)
        => !message.TryGetProperty("headers", out var headers) ? []
            : headers.EnumerateObject()
                .ToDictionary(header => header.Name, header => header.Value.GetString()!, StringComparer.OrdinalIgnoreCase);
}
