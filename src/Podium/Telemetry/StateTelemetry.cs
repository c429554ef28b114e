using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Backups;
using Podium.Connectors;
using Podium.Data;
using Podium.Freezing;
using Podium.Hosting.Authority;
using Podium.Outbox;

namespace Podium.Telemetry;

/// <summary>Reads every few seconds what stands in the database, so that who asks for metrics never waits for it, and asking costs nothing.</summary>
internal sealed class StateTelemetry(Database database, Freeze freeze, OwnBackups backups, IServerCertificate certificate, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var now = clock.Now();
        await using var context = database.Open();
        ServerTelemetry.AttemptsWaiting.Record(await context.Set<Attempt>().LongCountAsync(attempt => attempt.State == AttemptState.Queued, cancellationToken));
        ServerTelemetry.AttemptsOut.Record(await context.Set<Attempt>().LongCountAsync(attempt => attempt.State == AttemptState.Out, cancellationToken));
        ServerTelemetry.SyncsReceived.Record(await context.Set<Sync>().LongCountAsync(sync => sync.State == SyncState.Received || sync.State == SyncState.Applying, cancellationToken));
        ServerTelemetry.SyncsHeld.Record(await context.Set<Sync>().LongCountAsync(sync => sync.State == SyncState.Held, cancellationToken));
        ServerTelemetry.ConnectorsFailing.Record(await context.Set<Connector>().LongCountAsync(connector => connector.DeletedAt == null && connector.FailingSince != null, cancellationToken));
        ServerTelemetry.OutboxWaiting.Record(await context.Set<OutboxMessage>().LongCountAsync(message => message.DueAt != null, cancellationToken));
        var unsealed = context.Set<AuditRow>().Where(row => row.Number == null);
        ServerTelemetry.AuditUnsealed.Record(await unsealed.LongCountAsync(cancellationToken));
        var oldest = await unsealed.OrderBy(row => row.Id).Select(row => (Moment?)row.At).FirstOrDefaultAsync(cancellationToken);
        ServerTelemetry.AuditLag.Record(oldest is { } at && now > at ? (now - at).TotalSeconds : 0);
        ServerTelemetry.Frozen.Record(await freeze.IsOnAsync(cancellationToken) ? 1 : 0);
        if (backups.LastNightly() is { } last)
        {
            ServerTelemetry.BackupAge.Record((now - last).TotalSeconds);
        }

        ServerTelemetry.CertificateLife.Record((certificate.Current().NotAfter.ToUniversalTime() - TimeProvider.System.GetUtcNow().UtcDateTime).TotalSeconds);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, TimeProvider.System);
        do
        {
            try
            {
                await ReadAsync(stoppingToken);
            }
            catch (Exception) when (!stoppingToken.IsCancellationRequested)
            {
                // Counted where it failed; what was read last stays.
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
