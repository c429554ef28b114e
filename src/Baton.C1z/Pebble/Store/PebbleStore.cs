using System.Globalization;
using Baton.C1z.Pebble.Store.Logs;
using Baton.C1z.Pebble.Store.Merging;
using Baton.C1z.Pebble.Store.Tables;

namespace Baton.C1z.Pebble.Store;

/// <summary>
/// The files of a Pebble store, read and never written. Of what upstream connectors can make, everything is understood; what they cannot
/// (values in files of their own, merging, tables elsewhere) is refused.
/// </summary>
internal sealed class PebbleStore : IOrderedRecords, IDisposable
{
    // Since 13 there are no tables of before Pebble's own formats; 24 is what upstream writes.
    private const int OldestFormat = 13;
    private const int NewestFormat = 24;

    private readonly string _folder;
    private readonly List<ManifestTable> _tables;
    private readonly UnflushedRecords _unflushed;

    // Whoever stops in the midst of reading and forgets to say so leaves tables open.
    private readonly HashSet<MergedRecords> _open = [];

    private PebbleStore(string folder, List<ManifestTable> tables, UnflushedRecords unflushed)
    {
        _folder = folder;
        _tables = tables;
        _unflushed = unflushed;
    }

    /// <exception cref="C1zException">The folder holds no store, a damaged one, or one that is not understood.</exception>
    public static PebbleStore Open(string folder)
    {
        try
        {
            var markers = StoreMarkers.Read(folder);
            RequireFormat(markers["format-version"]);
            if (markers["remote-obj-catalog"] is not null)
            {
                throw StoreFault.Unsupported("has tables elsewhere");
            }

            var manifest = Manifest.Load(folder, ManifestName(markers["manifest"]));
            manifest.RequireFiles(folder);
            return new PebbleStore(folder, [.. manifest.Tables], WriteAheadLogs.Load(folder, manifest.OldestLog));
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw StoreFault.Unreadable(folder, refusal);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="C1zException">A table is damaged. What was yielded before was not.</exception>
    public IEnumerable<(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Value)> Read(ReadOnlyMemory<byte> from, ReadOnlyMemory<byte> before)
    {
        var range = new KeyRange(from, before);
        if (range.IsEmpty)
        {
            yield break;
        }

        var runs = TableRuns.Of(_tables.Where(table => table.Keys.Overlaps(range)));
        using var merged = new MergedRecords([new UnflushedSource(_unflushed, range), .. runs.Select(run => new SortedRun(_folder, run, range))]);
        _open.Add(merged);
        try
        {
            foreach (var record in merged.Live())
            {
                yield return record;
            }
        }
        finally
        {
            _open.Remove(merged);
        }
    }

    public void Dispose()
    {
        foreach (var merged in _open)
        {
            merged.Dispose();
        }

        _open.Clear();
    }

    private static void RequireFormat(string? version)
    {
        if (version is null)
        {
            throw StoreFault.Damaged("there is no store in it");
        }

        if (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < OldestFormat or > NewestFormat)
        {
            throw StoreFault.Unsupported($"has format {version}");
        }
    }

    private static string ManifestName(string? name)
        => name is not null && name.StartsWith("MANIFEST-", StringComparison.Ordinal) && name.AsSpan("MANIFEST-".Length).IndexOfAnyExceptInRange('0', '9') < 0
            ? name
            : throw StoreFault.Damaged("its store does not say which manifest is its");
}
