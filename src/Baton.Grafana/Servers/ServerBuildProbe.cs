using Baton.Grafana.Api;
using Baton.Sdk.Connectors;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Baton.Grafana.Servers;

/// <summary>Asks which Grafana the server is: when it is first needed, and again by each validation, since servers are upgraded. Thread-safe.</summary>
/// <param name="grafana">The server.</param>
/// <param name="retryLimit">How often in a row a request of a change is repeated that fails with what passes by itself.</param>
internal sealed class ServerBuildProbe(GrafanaClient grafana, int retryLimit = RetryPolicy.DefaultLimit)
{
    private volatile ServerBuild? _known;

    /// <summary>What was found last; <see cref="ServerBuild.Unknown"/> before the first time.</summary>
    public ServerBuild Known => _known ?? ServerBuild.Unknown;

    /// <summary>What one change works with: which Grafana it is, and how what passes by itself is waited out.</summary>
    public async Task<(ServerBuild Server, RetryPolicy Retry)> OpenAsync(TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        var retry = new RetryPolicy(retryLimit, time, logger);
        return (await retry.RunAsync(() => ReadAsync(cancellationToken), cancellationToken), retry);
    }

    public async Task<ServerBuild> ReadAsync(CancellationToken cancellationToken) => _known ?? await RefreshAsync(cancellationToken);

    /// <exception cref="ConnectorException">A failure that passes by itself, or a refused credential. A server that hides its version is none.</exception>
    public async Task<ServerBuild> RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            var text = (await grafana.GetHealthAsync(cancellationToken)).Version ?? "";
            return _known = new(GrafanaVersion.Parse(text), text);
        }
        catch (ConnectorException blocked) when (!blocked.IsTransient && blocked.Code is not StatusCode.Unauthenticated)
        {
            return _known = ServerBuild.Unknown;
        }
    }
}
