using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Connectors;
using Podium.Connectors.Hosted;
using Podium.Connectors.Uploads;
using Podium.Data;
using Podium.SignIn;
using Podium.Tokens;

namespace Podium.Freezing;

/// <summary>
/// Ends what a backup carries that must not live again: sessions, tokens and links that somebody may have copied or ended since, and work that
/// another process had, whose end is not known here. Done once, before anybody is answered; what is copied stays frozen until then and after.
/// </summary>
internal sealed class Voiding(Database database, TimeProvider clock)
{
    private const string Reason = "The server was restored from a backup.";

    /// <param name="hasUpload">Whether what is kept under a name came with the backup.</param>
    /// <param name="cancellationToken">Ends it before it has done anything.</param>
    public Task RunAsync(Func<string, bool> hasUpload, CancellationToken cancellationToken) => database.WriteAsync(
        async context =>
        {
            if (await Freeze.FindAsync(context, cancellationToken) is not { } value || Restoration.Parse(value.Value) is not { IsVoided: false } restoration)
            {
                return;
            }

            var now = clock.Now();
            await context.Set<Session>().ExecuteDeleteAsync(cancellationToken);
            await context.Set<AccessToken>().ExecuteDeleteAsync(cancellationToken);
            await context.Set<UsedAssertion>().ExecuteDeleteAsync(cancellationToken);
            await context.Set<SetUpLink>().ExecuteDeleteAsync(cancellationToken);
            await context.Set<HostingLease>().ExecuteDeleteAsync(cancellationToken);
            await context.Set<Sync>()
                .Where(sync => sync.State == SyncState.Queued || sync.State == SyncState.Running || sync.State == SyncState.Received || sync.State == SyncState.Applying)
                .ExecuteUpdateAsync(set => set.SetProperty(sync => sync.State, SyncState.Cancelled).SetProperty(sync => sync.Reason, Reason).SetProperty(sync => sync.EndedAt, now), cancellationToken);
            await EndAsync(context.Set<Attempt>().Where(attempt => attempt.Kind == "sync_full" && attempt.State == AttemptState.Queued), AttemptState.Cancelled, now, cancellationToken);
            await EndAsync(context.Set<Attempt>().Where(attempt => attempt.State == AttemptState.Out), AttemptState.Lost, now, cancellationToken);
            if (database.Kind == DatabaseKind.Sqlite)
            {
                foreach (var upload in (await context.Set<Upload>().Where(upload => upload.ErasedAt == null).ToListAsync(cancellationToken)).Where(upload => !hasUpload(upload.Name)))
                {
                    upload.ErasedAt = now;
                }
            }

            context.Audit(now, "server.restored", Actor.Operator, details: new() { ["backup"] = restoration.BackupMadeAt.ToString() });
            value.Value = (restoration with { IsVoided = true }).ToText();
        },
        cancellationToken);

    private static Task<int> EndAsync(IQueryable<Attempt> attempts, AttemptState state, Moment now, CancellationToken cancellationToken) => attempts.ExecuteUpdateAsync(
        set => set.SetProperty(attempt => attempt.State, state)
            .SetProperty(attempt => attempt.EndedAt, now)
            .SetProperty(attempt => attempt.Until, (Moment?)null)
            .SetProperty(attempt => attempt.ErrorMessage, Reason),
        cancellationToken);
}
