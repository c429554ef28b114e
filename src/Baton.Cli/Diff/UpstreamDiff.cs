using Baton.C1z.Reading;
using Baton.Cli.Output;
using Google.Protobuf;

namespace Baton.Cli.Diff;

/// <summary>The differences in upstream's document: whole messages in buckets. The ids are held, the messages are not.</summary>
internal static class UpstreamDiff
{
    /// <returns>Whether there are any differences.</returns>
    public static bool Write(SyncReader from, SyncReader to, TextWriter output, CancellationToken cancellationToken)
    {
        using var document = new JsonDocumentWriter(output);
        var any = WriteTable(document, from, to, StoredTable.Resources, (reader, id) => reader.FindResource(id)!, (left, right) => Likeness.AreAlike(left, right, Strictness.Everything), cancellationToken);
        any |= WriteTable(document, from, to, StoredTable.Entitlements, (reader, id) => reader.FindEntitlement(id)!, (left, right) => Likeness.AreAlike(left, right, Strictness.Everything), cancellationToken);
        any |= WriteTable(document, from, to, StoredTable.Grants, (reader, id) => reader.FindGrant(id)!, (left, right) => Likeness.AreAlike(left, right, Strictness.Everything), cancellationToken);
        document.EndList();
        return any;
    }

    private static bool WriteTable<T>(
        JsonDocumentWriter document, SyncReader from, SyncReader to, StoredTable table, Func<SyncReader, string, T> find, Func<T, T, bool> areAlike, CancellationToken cancellationToken)
        where T : IMessage
    {
        var (created, deleted, modified) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var difference in RowMerge.Differences(from, to, table))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!difference.IsInFrom)
            {
                created.Add(difference.Id);
            }
            else if (!difference.IsInTo)
            {
                deleted.Add(difference.Id);
            }
            else if (!areAlike(find(from, difference.Id), find(to, difference.Id)))
            {
                modified.Add(difference.Id);
            }
        }

        document.BeginObject(table.ToString().ToLowerInvariant());
        created.ForEach(id => document.WriteElement("created", find(to, id)));
        deleted.ForEach(id => document.WriteElement("deleted", find(from, id)));
        modified.ForEach(id => document.WriteElement("modified", find(to, id)));
        document.EndObject();
        return created.Count + deleted.Count + modified.Count > 0;
    }
}
