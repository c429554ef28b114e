using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Podium.Data;

/// <summary>
/// The way to the database. Reading needs no transaction; everything that belongs together is written in one, which is what makes a transition of
/// a task, its audit row and its outgoing messages one step (a crash leaves all of it or nothing).
/// </summary>
internal sealed class Database(DatabaseOptions options, Func<PodiumContext> open, WriterGate gate)
{
    private const int Tries = 5;

    public DatabaseKind Kind => options.Kind;

    public DatabaseOptions Options => options;

    /// <summary>A context to read with; the caller disposes it.</summary>
    public PodiumContext Open()
    {
        var context = open();
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return context;
    }

    public async Task<T> ReadAsync<T>(Func<PodiumContext, Task<T>> work)
    {
        await using var context = Open();
        return await work(context);
    }

    /// <summary>Reads as of one moment, whatever is written meanwhile: for what takes several statements that must agree.</summary>
    public async Task<T> ReadSnapshotAsync<T>(Func<PodiumContext, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var context = Open();
        if (Kind == DatabaseKind.PostgreSql)
        {
            await using var transaction = await context.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            return await work(context);
        }

        await context.Database.OpenConnectionAsync(cancellationToken);
        // Deferred: one that may write would wait for the writer, and keep others from writing.
        await using var reading = ((SqliteConnection)context.Database.GetDbConnection()).BeginTransaction(deferred: true);
        await context.Database.UseTransactionAsync(reading, cancellationToken);
        return await work(context);
    }

    /// <summary>
    /// Runs <paramref name="work"/> in one transaction, saves and commits. It may run more than once (PostgreSQL found a deadlock or could not
    /// serialise), so it must do nothing but read and write the context that it is given.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<PodiumContext, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var turn = await gate.EnterAsync(cancellationToken);
                await using var context = open();
                // It may have been used by another transaction, which failed.
                context.Committed.Clear();
                // On SQLite serializable is BEGIN IMMEDIATE: a transaction that would read first and write later could not get the lock any more.
                await using var transaction = await context.Database.BeginTransactionAsync(
                    Kind == DatabaseKind.Sqlite ? IsolationLevel.Serializable : IsolationLevel.ReadCommitted, cancellationToken);
                var result = await work(context);
                await context.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                context.Committed.ForEach(action => action());
                return result;
            }
            catch (Exception failure) when (attempt < Tries && IsWorthAnotherTry(failure))
            {
            }
        }
    }

    public Task WriteAsync(Func<PodiumContext, Task> work, CancellationToken cancellationToken) => WriteAsync(
        async context =>
        {
            await work(context);
            return true;
        },
        cancellationToken);

    private static bool IsWorthAnotherTry(Exception failure) => (failure as PostgresException ?? failure.InnerException as PostgresException)
        is { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };
}
