using Baton.C1z.Pebble.Store.Tables;

namespace Baton.C1z.Pebble.Store.Logs;

/// <summary>What the store is made of: the outcome of all edits in its manifest.</summary>
internal sealed class Manifest
{
    private const string BytewiseOrder = "leveldb.BytewiseComparator";

    private readonly Dictionary<(int Level, ulong Number), ManifestTable> _tables = [];
    private readonly Dictionary<ulong, ulong> _sharedFiles = [];

    private Manifest()
    {
    }

    public IEnumerable<ManifestTable> Tables => _tables.Values;

    public ulong OldestLog { get; private set; }

    public static Manifest Load(string folder, string name)
    {
        var manifest = new Manifest();
        try
        {
            using var file = File.OpenRead(Path.Combine(folder, name));
            string? order = null;
            foreach (var record in RecordLog.Read(file, 0, LogEnd.Clean))
            {
                var edit = VersionEdit.Parse(record);
                order ??= edit.Order;
                manifest.Apply(edit);
            }

            if (order is null)
            {
                throw new InvalidDataException("it does not begin as a manifest does");
            }

            if (order != BytewiseOrder)
            {
                throw StoreFault.Unsupported("has its keys in another order than that of their bytes");
            }

            return manifest;
        }
        catch (InvalidDataException damage)
        {
            throw StoreFault.Damaged(name, damage);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw refusal is FileNotFoundException
                ? StoreFault.Damaged($"{name} of its store is missing")
                : StoreFault.Unreadable(name, refusal);
        }
    }

    /// <summary>Every file that a table is in must be there, and be as long as it was. This finds what was cut off before anything is read.</summary>
    public void RequireFiles(string folder)
    {
        foreach (var table in Tables)
        {
            var file = new FileInfo(Path.Combine(folder, table.FileName));
            if (!file.Exists)
            {
                throw StoreFault.Damaged($"{table.FileName} of its store is missing");
            }

            var size = table.Size ?? (_sharedFiles.TryGetValue(table.File, out var shared) ? shared : (ulong)file.Length);
            if ((ulong)file.Length != size)
            {
                throw StoreFault.Damaged($"{table.FileName} of its store has {file.Length} bytes instead of {size}");
            }
        }
    }

    // A table that moves to another level is removed from the one and added to the other in one edit.
    private void Apply(VersionEdit edit)
    {
        OldestLog = edit.OldestLog ?? OldestLog;
        foreach (var (number, size) in edit.SharedFiles)
        {
            _sharedFiles[number] = size;
        }

        foreach (var place in edit.Removed)
        {
            // One that has only range keys was never noted.
            _tables.Remove(place);
        }

        foreach (var (level, table) in edit.Added)
        {
            if (!_tables.TryAdd((level, table.Number), table))
            {
                throw new InvalidDataException($"table {table.Number} is added twice");
            }
        }
    }
}
