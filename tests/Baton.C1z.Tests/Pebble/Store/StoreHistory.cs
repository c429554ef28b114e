using System.Globalization;
using System.Text;

namespace Baton.C1z.Tests.Pebble.Store;

/// <summary>The rule by which the stores under <c>Pebble/Stores</c> were written, and so what each must hold.</summary>
internal sealed class StoreHistory
{
    private static readonly Dictionary<string, StoreHistory> ByName = new(StringComparer.Ordinal)
    {
        ["levels"] = new() { Seed = 1, Writes = 540, Keys = 150 },
        ["log"] = new() { Seed = 2, Writes = 250, Keys = 80 },
        ["two-level-index"] = new() { Seed = 3, Writes = 400, Keys = 400 },
        ["snapshots"] = new() { Seed = 4, Writes = 300, Keys = 60 },
        ["unpacked"] = new() { Seed = 5, Writes = 300, Keys = 100 },
        ["zstd"] = new() { Seed = 6, Writes = 300, Keys = 100 },
        ["rows"] = new() { Seed = 7, Writes = 300, Keys = 60 },
        ["rows-deleted-sized"] = new() { Seed = 8, Writes = 300, Keys = 200 },
        ["first-columns"] = new() { Seed = 9, Writes = 300, Keys = 150 },
        ["column-metaindex"] = new() { Seed = 10, Writes = 300, Keys = 150 },
        ["large-values"] = new() { Seed = 11, Writes = 200, Keys = 100, HasLargeValues = true },
        ["large-batch"] = new() { Seed = 12, Then = LargeBatch },
        ["excised"] = new() { Seed = 13, Writes = 300, Keys = 300, Then = Excise },
        ["range-keys"] = new() { Seed = 14, Writes = 100, Keys = 100 },
    };

    // In order of the bytes, since all keys are ASCII.
    private readonly SortedDictionary<string, string> _records = new(StringComparer.Ordinal);
    private ulong _state;

    public static IEnumerable<string> Names => ByName.Keys;

    private ulong Seed { get; init; }

    private int Writes { get; init; }

    private int Keys { get; init; }

    private bool HasLargeValues { get; init; }

    private Action<StoreHistory>? Then { get; init; }

    public static string Folder(string name) => Path.Combine(AppContext.BaseDirectory, "Pebble", "Stores", name);

    /// <summary>What is in the store, as text.</summary>
    public static IReadOnlyDictionary<string, string> Contents(string name)
    {
        var history = ByName[name];
        lock (history)
        {
            if (history._records.Count == 0)
            {
                history.Write();
            }

            return history._records;
        }
    }

    public static string Key(int number) => string.Create(CultureInfo.InvariantCulture, $"key/{number:D5}");

    private static string Once(int number) => string.Create(CultureInfo.InvariantCulture, $"once/{number:D5}");

    private static string Value(int write, int length) => $"{write}:{new string((char)('a' + (write % 26)), length)}";

    private void Write()
    {
        _state = Seed;
        var once = new Stack<int>();
        for (var i = 0; i < Writes; i++)
        {
            var key = Next(Keys);
            var what = Next(100);
            var length = Next(40);
            if (what < 70)
            {
                _records[Key(key)] = Value(i, HasLargeValues && i % 100 == 50 ? 20_000 : length);
            }
            else if (what < 84)
            {
                _records.Remove(Key(key));
            }
            else if (what < 87)
            {
                DeleteRange(key, key + 1 + (length / 2));
            }
            else if (what < 94)
            {
                _records[Once(i)] = Value(i, length);
                once.Push(i);
            }
            else if (once.TryPop(out var last))
            {
                _records.Remove(Once(last));
            }
        }

        Then?.Invoke(this);
    }

    private int Next(int count)
    {
        _state = unchecked((_state * 6364136223846793005) + 1442695040888963407);
        return (int)((_state >> 33) % (ulong)count);
    }

    private void DeleteRange(int from, int before)
    {
        for (var key = from; key < before; key++)
        {
            _records.Remove(Key(key));
        }
    }

    private static void LargeBatch(StoreHistory history)
    {
        for (var key = 0; key < 150; key++)
        {
            history._records[Key(key)] = Value(key, 300);
        }

        history.DeleteRange(50, 100);
        history._records[Key(75)] = "back";
    }

    private static void Excise(StoreHistory history)
    {
        history.DeleteRange(50, 100);
        history.Ingest(1, 60, 90);
        history.Ingest(2, 150, 200);
        history.DeleteRange(220, 230);
        history.DeleteRange(20, 30);
        history._records[Key(25)] = "after";
    }

    private void Ingest(int table, int from, int before)
    {
        for (var key = from; key < before; key += 2)
        {
            _records[Key(key)] = $"ingested {key} by {table}";
        }
    }

    public static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);
}
