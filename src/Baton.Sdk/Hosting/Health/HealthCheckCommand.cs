using System.Net;
using System.Text.Json;
using Baton.CommandLine;
using Baton.Configuration;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Sdk.Hosting.Health;

/// <summary>Asks the health server of a service on this machine, for probes that run a command.</summary>
internal sealed class HealthCheckCommand(ConfigurationSchema schema, ProcessEnvironment environment)
{
    private const int MostSeconds = 3600;
    private const int MostBytes = 64 * 1024;

    private static readonly StringFlag Endpoint = new("endpoint", "What to ask: health, ready or live", "health");
    private static readonly IntegerFlag Patience = new("timeout", "How many seconds to wait for the answer", 5);

    public CommandDefinition Definition => new()
    {
        Name = "health-check",
        Summary = "Ask a running service whether it is well",
        Description = "Asks the service that runs on this machine with --health-check. Exit code 0 when all is well, 2 when the service says that"
            + " it is not, 14 when nothing listens there, 4 when there is no answer in time.",
        Flags = [Endpoint, Patience],
        Handler = RunAsync,
    };

    private async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var endpoint = invocation.Flags.Get(Endpoint);
        if (endpoint is not ("health" or "ready" or "live"))
        {
            throw new UsageException($"invalid endpoint: {endpoint} (valid: health, ready, live)");
        }

        var seconds = invocation.Flags.Get(Patience);
        if (seconds is < 1 or > MostSeconds)
        {
            throw new UsageException($"invalid timeout: {seconds} (valid: 1 to {MostSeconds} seconds)");
        }

        var url = HealthAddress.From(new ConfigurationResolver(schema).Read(ConnectorHost.Sources(invocation, environment))).ToAsk(endpoint);
        var (status, reason) = await AskAsync(url, TimeSpan.FromSeconds(seconds), cancellationToken);
        if (status == HttpStatusCode.OK)
        {
            return ExitCode.Success;
        }

        await invocation.Error.WriteLineAsync($"health check returned status {(int)status}{reason}");
        return ExitCode.Failure;
    }

    private async Task<(HttpStatusCode Status, string Reason)> AskAsync(Uri url, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MostBytes,
        };
        using var overdue = new CancellationTokenSource(limit, environment.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(overdue.Token, cancellationToken);
        try
        {
            using var response = await http.GetAsync(url, either.Token);
            return (response.StatusCode, Reason(await response.Content.ReadAsByteArrayAsync(either.Token)));
        }
        catch (HttpRequestException failure)
        {
            throw new ConnectorException(
                StatusCode.Unavailable, $"health check failed: Get \"{url}\": {failure.Message}; is the service running, with --health-check?", failure);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ConnectorException(
                StatusCode.DeadlineExceeded, $"health check failed: Get \"{url}\": no answer within {limit.TotalSeconds:0} seconds (--timeout)", late);
        }
    }

    // Whoever else may listen there answers something else.
    private static string Reason(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("details", out var details) && details.ValueKind == JsonValueKind.Object
                ? ": " + string.Join("; ", details.EnumerateObject().Select(detail => detail.Value.ToString()))
                : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
