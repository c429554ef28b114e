using System.Text;
using Baton.C1z;
using Baton.C1z.Reading;
using Baton.C1z.Sorting;
using Baton.Evidence.Sheets;
using Google.Protobuf;

namespace Baton.Evidence.Changes;

/// <summary>
/// The differences in upstream's document: whole messages in buckets. Neither they nor their ids are held, for there may be as many as rows.
/// </summary>
public sealed class UpstreamDiff(SyncReader from, SyncReader to, C1zOptions options, CancellationToken cancellationToken)
{
    // In the order of the document.
    private enum Bucket : byte
    {
        Created,
        Deleted,
        Modified,
    }

    /// <returns>Whether there are any differences.</returns>
    public bool Write(TextWriter output)
    {
        using var document = new JsonDocumentWriter(output);
        var any = WriteTable(document, StoredTable.Resources, (reader, id) => reader.ListedResource(id), (left, right) => MessageLikeness.AreAlike(left, right, Strictness.Everything));
        any |= WriteTable(document, StoredTable.Entitlements, (reader, id) => reader.ListedEntitlement(id), (left, right) => MessageLikeness.AreAlike(left, right, Strictness.Everything));
        any |= WriteTable(document, StoredTable.Grants, (reader, id) => reader.ListedGrant(id), (left, right) => MessageLikeness.AreAlike(left, right, Strictness.Everything));
        document.EndList();
        return any;
    }

    private bool WriteTable<T>(JsonDocumentWriter document, StoredTable table, Func<SyncReader, string, T> find, Func<T, T, bool> areAlike)
        where T : IMessage
    {
        using var ids = new RowSorter(options);
        foreach (var difference in RowMerge.Differences(from, to, table))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!difference.IsInFrom || !difference.IsInTo || !areAlike(find(from, difference.Id), find(to, difference.Id)))
            {
                var bucket = !difference.IsInFrom ? Bucket.Created : !difference.IsInTo ? Bucket.Deleted : Bucket.Modified;
                ids.Add([(byte)bucket], Encoding.UTF8.GetBytes(difference.Id));
            }
        }

        document.BeginObject(table.ToString().ToLowerInvariant());
        foreach (var row in ids.Rows())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var bucket = (Bucket)row.Key[0];
            document.WriteElement(bucket.ToString().ToLowerInvariant(), find(bucket == Bucket.Deleted ? from : to, Encoding.UTF8.GetString(row.Row)));
        }

        document.EndObject();
        return ids.Count > 0;
    }
}
