using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Podium.Connectors.Attempts;
using Podium.Data;
using BatonTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Podium.Connectors;

/// <summary>
/// Finds out whether a connector may change anything, which no hello says: by asking for the deletion of something that cannot be there. That is
/// refused before the app is contacted, in one way where changes are off and in another where they are on.
/// </summary>
internal sealed class ProvisioningProbe(AttemptQueue queue) : IAttemptFollower
{
    public string Purpose => "provisioning-probe";

    public async Task AskAsync(PodiumContext context, long connectorId, CancellationToken cancellationToken)
    {
        var isAsked = await context.Set<Attempt>().AnyAsync(
            attempt => attempt.ConnectorId == connectorId && attempt.Purpose == Purpose && (attempt.State == AttemptState.Queued || attempt.State == AttemptState.Out),
            cancellationToken);
        if (!isAsked)
        {
            queue.Add(context, connectorId, new BatonTask { DeleteResource = new() { ResourceId = new() { ResourceType = "podium-probe", Resource = "none" } } }, Purpose);
        }
    }

    public async Task EndedAsync(PodiumContext context, Attempt attempt, CancellationToken cancellationToken)
    {
        bool? isOn = (StatusCode?)attempt.ErrorCode switch
        {
            StatusCode.FailedPrecondition => false,
            StatusCode.Unimplemented => true,
            _ => null,
        };
        if (isOn is not null && await context.LockAsync<Connector>(attempt.ConnectorId, cancellationToken) is { } connector)
        {
            connector.ProvisioningOn = isOn;
        }
    }
}
