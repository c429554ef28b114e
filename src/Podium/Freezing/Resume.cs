using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Connectors;
using Podium.Data;
using Podium.SignIn;

namespace Podium.Freezing;

/// <summary>Ends the frozen state, once the inventory is known to be that of now, or somebody says that it need not be.</summary>
internal sealed class Resume(Database database, TimeProvider clock)
{
    /// <param name="caller">A Super Administrator in a browser or with a key; null for whoever may run the executable.</param>
    /// <param name="withoutSyncs">Confirmed: also when connectors were not synced since.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <exception cref="ForbiddenException">Somebody else asks.</exception>
    /// <exception cref="Refusal">There is nothing to resume, or connectors were not synced.</exception>
    public Task RunAsync(Caller? caller, bool withoutSyncs, CancellationToken cancellationToken)
    {
        if (caller?.Is(Role.SuperAdministrator) == false)
        {
            throw new ForbiddenException("Only a Super Administrator resumes a server that was restored.");
        }

        return database.WriteAsync(
            async context =>
            {
                // Two at once resume it once.
                await context.LockAsync(TransactionLock.SuperAdministrators, cancellationToken);
                if (await Freeze.FindAsync(context, cancellationToken) is not { } value || Restoration.Parse(value.Value) is not { ResumedAt: null } restoration)
                {
                    throw new Refusal("This server is not frozen: there is nothing to resume.");
                }

                var missing = await WithoutSyncAsync(context, restoration.RestoredAt, cancellationToken);
                if (missing.Count > 0 && !withoutSyncs)
                {
                    throw new Refusal($"Not synced since the backup was restored: {string.Join(", ", missing.Select(connector => connector.DisplayName))}. Sync them first, or confirm that it is resumed without.", "withoutSyncs");
                }

                var now = clock.Now();
                value.Value = (restoration with { ResumedAt = now }).ToText();
                context.Audit(now, "server.resumed", caller?.Actor ?? Actor.Operator, details: new() { ["withoutSync"] = missing.Count });
            },
            cancellationToken);
    }

    /// <summary>Connectors that can be synced, and of which no sync that was asked for since came into the inventory. One that is paused is left as it is.</summary>
    public static Task<List<Connector>> WithoutSyncAsync(PodiumContext context, Moment since, CancellationToken cancellationToken) => context.Set<Connector>()
        .Where(connector => connector.DeletedAt == null && connector.PausedAt == null && (connector.ProtectedSettings != null || connector.LastSeenAt != null)
            && !context.Set<Sync>().Any(sync => sync.ConnectorId == connector.Id && sync.State == SyncState.Applied && sync.QueuedAt >= since))
        .OrderBy(connector => connector.DisplayName).ThenBy(connector => connector.Id)
        .ToListAsync(cancellationToken);
}
