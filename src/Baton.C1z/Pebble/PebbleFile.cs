using Baton.C1z.Container;
using Baton.C1z.Pebble.Store;
using Baton.C1z.Schema;
using Baton.C1z.Sqlite;

namespace Baton.C1z.Pebble;

/// <summary>
/// A v3 file that is open: its payload, which is a key-value store, unpacked beside the working copy. Its records are read once, into
/// tables such as a v1 file has. Nothing else knows the difference, and nothing here writes such a file.
/// </summary>
internal sealed class PebbleFile : IDisposable
{
    private readonly string _path;
    private readonly string _store;
    private readonly DecodeLimits _limits;

    private PebbleFile(string path, string store, DecodeLimits limits)
    {
        _path = path;
        _store = store;
        _limits = limits;
    }

    /// <summary>Unpacks the store below a folder. What is there when this fails, the folder's owner deletes.</summary>
    /// <exception cref="C1zException">The file is damaged, of a kind that is not known, or larger than the limits allow.</exception>
    public static PebbleFile Unpack(string path, string folder, DecodeLimits limits)
    {
        var store = Directory.CreateDirectory(Path.Combine(folder, "store")).FullName;
        ContainerReader.Translate(path, limits, () =>
        {
            using var file = SharedFile.OpenRead(path);
            PebbleContainer.ReadHead(path, file).Unpack(path, file, new PayloadFolder(path, store, limits));
        });
        return new(path, store, limits);
    }

    /// <summary>Makes the tables of an empty working copy, fills them and builds their indexes.</summary>
    /// <exception cref="C1zException">The store is damaged, or holds more than the limits allow.</exception>
    public void Load(SqliteDatabase database)
    {
        C1zSchema.CreateOrMigrate(database);
        try
        {
            using var records = PebbleStore.Open(_store);
            new RecordLoader(_path, records, database, _limits).Load();
        }
        catch (C1zException fault) when (!fault.Message.StartsWith($"{_path} ", StringComparison.Ordinal))
        {
            // A store does not know what it was unpacked from.
            throw new C1zException(fault.Error, $"{_path}: {fault.Message}", fault);
        }
    }

    /// <summary>Gives the store's room back.</summary>
    public void Dispose() => Directory.Delete(_store, recursive: true);
}
