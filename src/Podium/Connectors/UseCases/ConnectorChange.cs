using System.Text.Json.Nodes;
using Podium.Audit;
using Podium.Connectors.Attempts;
using Podium.Data;

namespace Podium.Connectors.UseCases;

/// <summary>
/// What every change of one connector has in common: it is locked, it must still be there, the change and its audit row are one transaction, and
/// whoever waits for the connector looks again afterwards.
/// </summary>
internal sealed class ConnectorChange(Database database, WorkSignal signal, TimeProvider clock)
{
    /// <exception cref="Refusal">There is no such connector.</exception>
    public async Task<T> RunAsync<T>(
        long connectorId, Actor actor, string auditKind, Func<PodiumContext, Connector, JsonObject, Task<T>> change, CancellationToken cancellationToken)
    {
        var result = await database.WriteAsync(
            async context =>
            {
                var connector = await context.LockAsync<Connector>(connectorId, cancellationToken);
                if (connector is not { DeletedAt: null })
                {
                    throw new Refusal("This connector was deleted.");
                }

                var details = new JsonObject();
                var answer = await change(context, connector, details);
                context.Audit(clock.Now(), auditKind, actor, connector.Subject(), details);
                return answer;
            },
            cancellationToken);
        await signal.AnnounceAsync(connectorId, cancellationToken);
        return result;
    }

    public Task RunAsync(
        long connectorId, Actor actor, string auditKind, Func<PodiumContext, Connector, JsonObject, Task> change, CancellationToken cancellationToken)
        => RunAsync(
            connectorId,
            actor,
            auditKind,
            async (context, connector, details) =>
            {
                await change(context, connector, details);
                return true;
            },
            cancellationToken);
}
