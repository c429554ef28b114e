using Baton.Grafana.Api;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Servers;

/// <summary>Asks which Grafana the server is: when it is first needed, and again by each validation, since servers are upgraded. Thread-safe.</summary>
internal sealed class ServerBuildProbe(GrafanaClient grafana)
{
    private volatile ServerBuild? _known;

    /// <summary>What was found last; <see cref="ServerBuild.Unknown"/> before the first time.</summary>
    public ServerBuild Known => _known ?? ServerBuild.Unknown;

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
