using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Podium.Data;

/// <summary>Brings the schema to what this executable needs. EF Core locks the history table meanwhile, so two replicas that start together take turns.</summary>
internal sealed class Migrator(Database database, IEnumerable<IMigrationGuard> guards)
{
    /// <exception cref="DatabaseException">The database was written by a newer version, or cannot be reached.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var known = context.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        if (await ExistsAsync(context, cancellationToken))
        {
            var applied = await context.Database.GetAppliedMigrationsAsync(cancellationToken);
            if (applied.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            {
                throw new DatabaseException(
                    $"The database was written by a newer version of podium (it has the change '{unknown}'). Start that version, or restore a backup made before.");
            }

            var last = applied.LastOrDefault();
            if (last is not null && (await context.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            {
                foreach (var guard in guards)
                {
                    await guard.BeforeAsync(last, cancellationToken);
                }
            }
        }

        await context.Database.MigrateAsync(cancellationToken);
        await AccountSearchIndex.EnsureAsync(context, cancellationToken);
    }

    private static async Task<bool> ExistsAsync(PodiumContext context, CancellationToken cancellationToken)
        => await context.GetService<IHistoryRepository>().ExistsAsync(cancellationToken);
}
