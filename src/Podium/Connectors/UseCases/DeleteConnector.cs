using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Podium.Apps;
using Podium.Audit;
using Podium.Connectors.Attempts;
using Podium.Connectors.Syncs;
using Podium.Data;
using Podium.Inventory;
using Podium.Tokens;

namespace Podium.Connectors.UseCases;

/// <summary>
/// Ends a connector and everything that was seen through it. Nothing is erased: the history still answers for the time before. Changes that are out
/// may still report for as long as they could have lasted; nothing new is handed out.
/// </summary>
internal sealed class DeleteConnector(
    Database database, ConnectorChange change, SyncLife syncs, AttemptLife attempts, RevokeCredential revoke, ConnectorServiceOptions options, TokenClock tokenClock, TimeProvider clock)
{
    /// <summary>What would end, for the question that is asked before.</summary>
    public Task<DeletionNumbers> NumbersAsync(long connectorId, CancellationToken cancellationToken)
        => database.ReadAsync(context => NumbersAsync(context, connectorId, cancellationToken));

    /// <param name="connectorId">Which.</param>
    /// <param name="withApp">The app goes too, unless another connector feeds it.</param>
    /// <param name="actor">Who deletes.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public Task RunAsync(long connectorId, bool withApp, Actor actor, CancellationToken cancellationToken)
        => change.RunAsync(
            connectorId,
            actor,
            "connector.deleted",
            async (context, connector, details) =>
            {
                var numbers = await NumbersAsync(context, connectorId, cancellationToken);
                (details["name"], details["accounts"], details["grants"]) = (connector.DisplayName, numbers.Accounts, numbers.Grants);
                var now = clock.Now();
                await InventoryEnd.OfConnectorAsync(context, connectorId, now, actor.PersonId, cancellationToken);
                (connector.DeletedAt, connector.UpdatedAt) = (now, now);
                connector.ProtectedSettings = null;
                connector.NextSyncAt = null;
                await syncs.CancelAsync(context, attempts, connectorId, "The connector was deleted.", cancellationToken);
                var waiting = await context.Locked<Attempt>("connector_id = {0} AND state = 'Queued'", connectorId).ToListAsync(cancellationToken);
                foreach (var attempt in waiting)
                {
                    await attempts.CancelAsync(context, attempt, cancellationToken);
                }

                await EndCredentialsAsync(context, connectorId, cancellationToken);
                if (withApp && !await context.Set<Connector>().AnyAsync(other => other.AppId == connector.AppId && other.Id != connectorId && other.DeletedAt == null, cancellationToken))
                {
                    var app = (await context.LockAsync<App>(connector.AppId, cancellationToken))!;
                    app.DeletedAt = now;
                    context.Audit(now, "app.deleted", actor, ("app", app.PublicId.ToString()), new JsonObject { ["name"] = app.DisplayName });
                }
            },
            cancellationToken);

    // What is out may still say how it ended; everything else is refused at once.
    private async Task EndCredentialsAsync(PodiumContext context, long connectorId, CancellationToken cancellationToken)
    {
        var end = tokenClock.Time.Now() + options.SilentLife;
        var busy = await context.Set<Attempt>()
            .Where(attempt => attempt.ConnectorId == connectorId && attempt.State == AttemptState.Out && attempt.Kind != AttemptKind.SyncFull && attempt.CredentialId != null)
            .Select(attempt => attempt.CredentialId!.Value).Distinct().ToListAsync(cancellationToken);
        foreach (var credential in await context.Locked<ClientCredential>("connector_id = {0} AND revoked_at IS NULL", connectorId).ToListAsync(cancellationToken))
        {
            if (!busy.Contains(credential.Id))
            {
                await revoke.RevokeAsync(context, credential.Id, cancellationToken);
            }
            else if (credential.ExpiresAt is not { } last || last > end)
            {
                credential.ExpiresAt = end;
            }
        }
    }

    private static async Task<DeletionNumbers> NumbersAsync(PodiumContext context, long connectorId, CancellationToken cancellationToken) => new(
        await context.Set<AppAccount>().LongCountAsync(account => account.ConnectorId == connectorId && account.DeletedAt == null, cancellationToken),
        await context.Set<AppResource>().LongCountAsync(resource => resource.ConnectorId == connectorId && resource.DeletedAt == null, cancellationToken),
        await context.Set<AppEntitlement>().LongCountAsync(entitlement => entitlement.ConnectorId == connectorId && entitlement.DeletedAt == null, cancellationToken),
        await context.Set<AppEntitlement>().Where(entitlement => entitlement.ConnectorId == connectorId && entitlement.DeletedAt == null)
            .Join(context.Set<GrantNow>(), entitlement => entitlement.Id, grant => grant.EntitlementId, (_, grant) => grant).LongCountAsync(cancellationToken),
        await context.Set<Attempt>().CountAsync(
            attempt => attempt.ConnectorId == connectorId && (attempt.State == AttemptState.Queued || attempt.State == AttemptState.Out), cancellationToken));
}
