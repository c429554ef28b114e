using Microsoft.EntityFrameworkCore;
using Podium.Data;

namespace Podium.Connectors.Hosted;

/// <summary>
/// Decides which replica runs a connector. By the system's clock: a process that is stopped when its lease ends must not depend on a clock that a
/// test holds still.
/// </summary>
internal sealed class HostingLeases(Database database)
{
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

    private readonly string _self = Guid.NewGuid().ToString("N");

    /// <summary>Takes or prolongs the lease of each of these connectors.</summary>
    /// <returns>Those that are this process's now.</returns>
    public Task<HashSet<long>> HoldAsync(IReadOnlyCollection<long> connectorIds, CancellationToken cancellationToken) => database.WriteAsync(
        async context =>
        {
            var now = TimeProvider.System.Now();
            var held = new HashSet<long>();
            foreach (var id in connectorIds.Order())
            {
                // The connector's row is locked, so that two replicas do not both add a lease.
                await context.LockAsync<Connector>(id, cancellationToken);
                var lease = await context.Set<HostingLease>().FirstOrDefaultAsync(one => one.ConnectorId == id, cancellationToken);
                if (lease is null)
                {
                    context.Add(new HostingLease { ConnectorId = id, Holder = _self, Until = now + Life });
                }
                else if (lease.Holder == _self || lease.Until <= now)
                {
                    (lease.Holder, lease.Until) = (_self, now + Life);
                }
                else
                {
                    continue;
                }

                held.Add(id);
            }

            return held;
        },
        cancellationToken);

    public Task ReleaseAsync(long connectorId, CancellationToken cancellationToken) => database.WriteAsync(
        async context => { await context.Set<HostingLease>().Where(lease => lease.ConnectorId == connectorId && lease.Holder == _self).ExecuteDeleteAsync(cancellationToken); },
        cancellationToken);

    /// <summary>Where there is one process only: what others hold, a killed one held.</summary>
    public Task ClearAsync(CancellationToken cancellationToken) => database.WriteAsync(
        async context => { await context.Set<HostingLease>().ExecuteDeleteAsync(cancellationToken); }, cancellationToken);
}
