using Baton.C1z.Merging;
using Baton.C1z.Syncs;
using Baton.C1z.Tests.Support;
using Baton.C1z.Writing;

namespace Baton.C1z.Tests.Merging;

/// <summary>Files with syncs in them, what is merged of them, and the rows as they are stored.</summary>
internal sealed class MergeRig : IDisposable
{
    public TestFolder Folder { get; } = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Adds a sync to a file, a minute after the one before.</summary>
    public SyncSource Write(string name, SyncType type, Action<SyncWriter> fill, bool end = true)
    {
        Folder.Time.Advance(TimeSpan.FromMinutes(1));
        using var file = Folder.OpenWrite(name);
        var writer = file.BeginSync(type);
        fill(writer);
        if (end)
        {
            writer.End();
        }

        file.Save();
        return new(Folder.In(name), writer.Run.Id);
    }

    /// <summary>Merges into a new file, and ends the sync.</summary>
    public SyncSource Merge(string name, params SyncSource[] sources)
    {
        using var merge = SyncMerge.Begin(_ => Folder.In(name), Folder.Options);
        foreach (var source in sources)
        {
            merge.Add(source, Cancellation);
        }

        merge.Settle().End();
        merge.Save();
        return new(Folder.In(name), merge.SyncId);
    }

    /// <summary>Adds the difference of two syncs of one file to it.</summary>
    public (SyncSource Sync, long Added, long Changed, long Missing) Diff(SyncSource from, SyncSource to)
    {
        Folder.Time.Advance(TimeSpan.FromMinutes(1));
        using var file = C1zFile.OpenWrite(from.Path, Folder.Options);
        var difference = SyncDelta.Add(file, from.SyncId, to.SyncId, Cancellation);
        file.Save();
        return (new(from.Path, difference.SyncId), difference.Added, difference.Changed, difference.Missing);
    }

    /// <summary>The rows of a sync by table and id, in everything but when they were discovered.</summary>
    public static SortedDictionary<string, string> Rows(SyncSource sync)
    {
        using var raw = new RawFile(sync.Path);
        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in new[] { "v1_resource_types", "v1_resources", "v1_entitlements", "v1_grants", "v1_assets" })
        {
            var columns = raw.Query(
                $"SELECT name FROM pragma_table_info('{table}') WHERE name NOT IN ('id', 'sync_id', 'external_id', 'discovered_at') ORDER BY name");
            var ids = raw.Query($"SELECT external_id FROM {table} WHERE sync_id = '{sync.SyncId}' ORDER BY id");
            var texts = raw.Query(
                $"SELECT {string.Join(" || '|' || ", columns.Select(column => $"quote({column})"))} FROM {table} WHERE sync_id = '{sync.SyncId}' ORDER BY id");
            foreach (var (id, text) in ids.Zip(texts))
            {
                rows.Add($"{table} {id}", text);
            }
        }

        return rows;
    }

    public void Dispose() => Folder.Dispose();
}
