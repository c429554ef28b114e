using System.Text;
using Baton.C1z.Reading;

namespace Baton.Cli.Diff;

/// <summary>Walks the rows of two syncs side by side, in the order of their ids, and stops where they differ. Holds one row of each.</summary>
internal static class RowMerge
{
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
                yield return new(Text(left.Current), IsInFrom: true, IsInTo: false);
                hasLeft = left.MoveNext();
            }
            else if (order > 0)
            {
                yield return new(Text(right.Current), IsInFrom: false, IsInTo: true);
                hasRight = right.MoveNext();
            }
            else
            {
                if (!left.Current.HasSameBytes(right.Current))
                {
                    yield return new(Text(left.Current), IsInFrom: true, IsInTo: true);
                }

                (hasLeft, hasRight) = (left.MoveNext(), right.MoveNext());
            }
        }
    }

    private static string Text(StoredRow row) => Encoding.UTF8.GetString(row.Id);
}

/// <summary>An id whose rows differ, or which is in one sync only.</summary>
internal readonly record struct RowDifference(string Id, bool IsInFrom, bool IsInTo);
