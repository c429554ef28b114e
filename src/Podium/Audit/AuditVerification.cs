using Microsoft.EntityFrameworkCore;
using Podium.Data;

namespace Podium.Audit;

/// <summary>Follows the chain from its beginning and compares it with the signed heads: those in the database, and one that was kept elsewhere.</summary>
internal sealed class AuditVerification(Database database, AuditKey key)
{
    private const int Batch = 5000;

    /// <param name="outside">A head that left the machine; null without one, and then only damage is found, not a rewritten log.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    public async Task<AuditVerdict> VerifyAsync(AuditHeadFile? outside, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        using var signer = await key.OpenAsync(cancellationToken);
        var heads = await context.Set<AuditHead>().OrderBy(head => head.Number).ToListAsync(cancellationToken);
        List<string> problems = [];
        var pending = new Queue<AuditHead>(heads);
        var (number, hash, isOutsideSeen) = (0L, AuditChain.Beginning, false);
        while (problems.Count == 0)
        {
            var after = number;
            var rows = await context.Set<AuditRow>().Where(row => row.Number > after).OrderBy(row => row.Number).Take(Batch).ToListAsync(cancellationToken);
            if (rows.Count == 0)
            {
                break;
            }

            foreach (var row in rows)
            {
                if (row.Number != ++number)
                {
                    problems.Add($"row {number} is missing: the chain goes on with {row.Number}");
                    break;
                }

                hash = AuditChain.Next(hash, number, row);
                if (row.Hash is null || !hash.AsSpan().SequenceEqual(row.Hash))
                {
                    problems.Add($"row {number} (id {row.Id}, {row.At}) is not what was chained: it was changed, or one before it was");
                    break;
                }

                while (pending.TryPeek(out var head) && head.Number == number)
                {
                    pending.Dequeue();
                    if (!head.Hash.AsSpan().SequenceEqual(hash) || !AuditKey.IsSigned(signer, AuditChain.HeadText(head.Number, head.At, head.Hash), head.Signature))
                    {
                        problems.Add($"the head at row {number} does not fit the chain, or was not signed by this server");
                    }
                }

                if (outside?.Number == number)
                {
                    isOutsideSeen = true;
                    if (!outside.Fits(hash))
                    {
                        problems.Add($"the chain at row {number} is not the one of the head that was kept outside: the log was rewritten");
                    }
                }
            }
        }

        if (problems.Count == 0 && pending.TryPeek(out var missing))
        {
            problems.Add($"the end is missing: row {missing.Number} was signed, and the chain ends with {number}");
        }

        if (problems.Count == 0 && outside is not null && !isOutsideSeen)
        {
            problems.Add($"the end is missing: the head that was kept outside is of row {outside.Number}, and the chain ends with {number}");
        }

        if (outside is not null && !outside.IsSigned())
        {
            problems.Add("the head that was kept outside is not signed by the key that it names");
        }

        return new(number, await context.Set<AuditRow>().CountAsync(row => row.Number == null, cancellationToken), heads.Count, outside is not null, problems);
    }
}

/// <param name="Rows">As far as the chain holds.</param>
/// <param name="Unsealed">Written within the last second or so; not proved.</param>
/// <param name="Heads">Signed ends in the database.</param>
/// <param name="HasOutside">Whether a head from elsewhere was compared.</param>
/// <param name="Problems">What does not hold, each in a sentence; empty when all does.</param>
internal sealed record AuditVerdict(long Rows, int Unsealed, int Heads, bool HasOutside, IReadOnlyList<string> Problems)
{
    public bool Holds => Problems.Count == 0;
}
