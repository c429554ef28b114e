using System.Data;
using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Podium.Benchmarks;

/// <summary>How long the longest transaction lasted in which something is written: on SQLite no other writer gets in meanwhile.</summary>
internal sealed class TransactionTimes : DbTransactionInterceptor
{
    private readonly Dictionary<Guid, long> _began = [];

    public TimeSpan Longest { get; set; }

    public override ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        // What only reads asks for a snapshot.
        if (result.IsolationLevel is IsolationLevel.ReadCommitted or IsolationLevel.Serializable)
        {
            _began[eventData.TransactionId] = Stopwatch.GetTimestamp();
        }

        return new(result);
    }

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (_began.Remove(eventData.TransactionId, out var began) && Stopwatch.GetElapsedTime(began) is var time && time > Longest)
        {
            Longest = time;
        }

        return Task.CompletedTask;
    }
}
