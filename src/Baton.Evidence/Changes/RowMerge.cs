using System.Text;
using Baton.C1z.Reading;

namespace Baton.Evidence.Changes;

/// <summary>Walks the rows of two syncs side by side, in the order of their ids, and stops where they differ. Holds one row of each.</summary>
internal static class RowMerge
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="EvidenceException">An id that differs is not text.</exception>
    public static IEnumerable<RowDifference> Differences(SyncReader from, SyncReader to, StoredTable table)
    {
        using var left = from.Stored(table).GetEnumerator();
        using var right = to.Stored(table).GetEnumerator();
        var (hasLeft, hasRight) = (left.MoveNext(), right.MoveNext());
        while (hasLeft || hasRight)
        {
            var order = !hasLeft ? 1 : !hasRight ? -1 : left.Current.Id.AsSpan().SequenceCompareTo(right.Current.Id);
            if (order < 0)
            {
                yield return new(Text(left.Current, from, table), IsInFrom: true, IsInTo: false);
                hasLeft = left.MoveNext();
            }
            else if (order > 0)
            {
                yield return new(Text(right.Current, to, table), IsInFrom: false, IsInTo: true);
                hasRight = right.MoveNext();
            }
            else
            {
                if (!left.Current.HasSameBytes(right.Current))
                {
                    yield return new(Text(left.Current, from, table), IsInFrom: true, IsInTo: true);
                }

                (hasLeft, hasRight) = (left.MoveNext(), right.MoveNext());
            }
        }
    }

    // Rows are looked up by the text: one that stands for other bytes would find nothing, or another row.
    private static string Text(StoredRow row, SyncReader reader, StoredTable table)
    {
        try
        {
            return Strict.GetString(row.Id);
        }
        catch (DecoderFallbackException)
        {
            throw new EvidenceException(
                $"sync {reader.Run.Id} cannot be compared: an id among its {table.ToString().ToLowerInvariant()} is not valid UTF-8 "
                + $"(\"{Encoding.UTF8.GetString(row.Id)}\"); mend it in the source or the connector, and sync again",
                EvidenceError.BadInput);
        }
    }
}

/// <summary>An id whose rows differ, or which is in one sync only.</summary>
internal readonly record struct RowDifference(string Id, bool IsInFrom, bool IsInTo);
