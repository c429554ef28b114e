using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Data;

namespace Podium.Connectors.Lists;

/// <summary>
/// When something that a page shows of a connector has changed. It looks once a second, as whoever waits here for other replicas does: a page is open
/// for minutes, and pages are few.
/// </summary>
internal sealed class ConnectorChanges(Database database, TimeProvider clock)
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>Once at once, then after each change.</summary>
    public async IAsyncEnumerable<long> WatchAsync(long connectorId, string publicId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Tick, clock);
        var turn = 0L;
        object? before = null;
        do
        {
            var now = await LookAsync(connectorId, publicId, cancellationToken);
            if (!now.Equals(before))
            {
                before = now;
                yield return ++turn;
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private Task<object> LookAsync(long connectorId, string publicId, CancellationToken cancellationToken) => database.ReadAsync<object>(async context =>
    {
        var connector = await context.Set<Connector>().Where(one => one.Id == connectorId)
            .Select(one => new { one.PausedAt, one.Error, one.NextSyncAt, one.SettingsSavedAt, one.InventoryVersion, one.DeletedAt, one.Version, IsKnown = one.LastSeenAt != null })
            .SingleOrDefaultAsync(cancellationToken);
        var sync = await context.Set<Sync>().Where(one => one.ConnectorId == connectorId).OrderByDescending(one => one.Id)
            .Select(one => new { one.Id, one.State, one.EndedAt }).FirstOrDefaultAsync(cancellationToken);
        var audit = await context.Set<AuditRow>().Where(row => row.SubjectKind == "connector" && row.SubjectId == publicId).MaxAsync(row => (long?)row.Id, cancellationToken);
        return (connector, sync, audit);
    });
}
