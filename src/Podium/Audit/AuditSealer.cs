using Microsoft.EntityFrameworkCore;
using Podium.Data;

namespace Podium.Audit;

/// <summary>
/// Chains what is committed, and signs where the chain ends. Apart from the writers, since a chain that they wrote would let one at a time through.
/// Any number of replicas may run it: the lock of its transaction lets one at a time.
/// </summary>
internal sealed class AuditSealer(Database database, AuditKey key, TimeProvider clock)
{
    private const int Batch = 1000;

    /// <summary>Chains every row that is committed by now, in the order of their ids as far as they are here.</summary>
    /// <returns>How many.</returns>
    public async Task<int> SealAsync(CancellationToken cancellationToken)
    {
        for (var total = 0; ;)
        {
            // Most seconds have nothing to do, and then no turn is taken from the writers.
            if (!await database.ReadAsync(context => context.Set<AuditRow>().AnyAsync(row => row.Number == null, cancellationToken)))
            {
                return total;
            }

            var done = await database.WriteAsync(context => SealBatchAsync(context, cancellationToken), cancellationToken);
            total += done;
            if (done < Batch)
            {
                return total;
            }
        }
    }

    /// <summary>Signs the end of the chain, unless that end is signed.</summary>
    public async Task SignAsync(CancellationToken cancellationToken)
    {
        using var signer = await key.OpenAsync(cancellationToken);
        await database.WriteAsync(
            async context =>
            {
                await context.LockAsync(TransactionLock.AuditChain, cancellationToken);
                var last = await LastAsync(context, cancellationToken);
                if (last is null || await context.Set<AuditHead>().AnyAsync(head => head.Number == last.Number, cancellationToken))
                {
                    return;
                }

                var now = clock.Now();
                context.Add(new AuditHead
                {
                    Number = last.Number!.Value,
                    At = now,
                    Hash = last.Hash!,
                    Signature = AuditKey.Sign(signer, AuditChain.HeadText(last.Number.Value, now, last.Hash)),
                    KeyId = AuditKey.IdOf(signer),
                });
            },
            cancellationToken);
    }

    private static Task<AuditRow?> LastAsync(PodiumContext context, CancellationToken cancellationToken)
        => context.Set<AuditRow>().AsNoTracking().Where(row => row.Number != null).OrderByDescending(row => row.Number).FirstOrDefaultAsync(cancellationToken);

    private static async Task<int> SealBatchAsync(PodiumContext context, CancellationToken cancellationToken)
    {
        await context.LockAsync(TransactionLock.AuditChain, cancellationToken);
        var last = await LastAsync(context, cancellationToken);
        var (number, hash) = (last?.Number ?? 0, last?.Hash ?? AuditChain.Beginning);
        var rows = await context.Set<AuditRow>().Where(row => row.Number == null).OrderBy(row => row.Id).Take(Batch).ToListAsync(cancellationToken);
        foreach (var row in rows)
        {
            hash = AuditChain.Next(hash, ++number, row);
            (row.Number, row.Hash) = (number, hash);
        }

        return rows.Count;
    }
}
