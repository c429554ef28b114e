using Microsoft.EntityFrameworkCore;

namespace Podium.Data;

/// <summary>What only one transaction at a time may do, over all replicas. Numbers are never reused.</summary>
internal enum TransactionLock
{
    /// <summary>Whether there is a Super Administrator is asked and answered.</summary>
    SuperAdministrators = 1,

    /// <summary>The audit log gets its next links.</summary>
    AuditChain = 2,

    /// <summary>The key ring, or a key of this server, is made.</summary>
    Keys = 3,
}

internal static class TransactionLockExtensions
{
    // Apart from the locks of others in a shared database.
    private const int Space = 0x706F6469;

    /// <summary>
    /// Waits for its turn, until the end of the transaction. Bound to the transaction: behind a pooler, a lock of the session is granted twice.
    /// On SQLite a write transaction is alone anyway.
    /// </summary>
    public static Task LockAsync(this PodiumContext context, TransactionLock subject, CancellationToken cancellationToken)
        => context.Database.IsNpgsql()
            ? context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Space}, {(int)subject})", cancellationToken)
            : Task.CompletedTask;
}
