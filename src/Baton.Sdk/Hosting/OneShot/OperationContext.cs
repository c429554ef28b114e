using Baton.C1z;
using Baton.Sdk.Connectors;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Hosting.OneShot;

/// <summary>What an operation works with.</summary>
internal sealed record OperationContext
{
    public required IConnector Connector { get; init; }

    public required Change Change { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>The file of <c>--file</c>, as the user wrote it; empty when there is none.</summary>
    public required string File { get; init; }

    public required ProcessEnvironment Environment { get; init; }

    public required C1zOptions FileOptions { get; init; }

    /// <summary>The connector, after it has proved that the target system answers.</summary>
    public async Task<IConnector> ConnectAsync(CancellationToken cancellationToken)
    {
        await Connector.ValidateAsync(cancellationToken);
        return Connector;
    }
}
