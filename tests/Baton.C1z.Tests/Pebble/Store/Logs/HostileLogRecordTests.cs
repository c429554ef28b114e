using Baton.C1z.Pebble.Store.Logs;
using CsCheck;

namespace Baton.C1z.Tests.Pebble.Store.Logs;

/// <summary>Records of manifests and logs with right checksums and wrong contents.</summary>
public sealed class HostileLogRecordTests
{
    private static readonly List<byte[]> Edits = Records("MANIFEST-*", _ => 0);

    private static readonly List<byte[]> Batches = Records("*.log", path => uint.Parse(Path.GetFileNameWithoutExtension(path)));

    [Fact]
    public void Parse_EditWasDamaged_IsRefusedOrRead() => Sample(Edits, record => VersionEdit.Parse(record));

    [Fact]
    public void ReadInto_BatchWasDamaged_IsRefusedOrRead() => Sample(Batches, record =>
    {
        var records = new UnflushedRecords();
        Batch.ReadInto(record, records);
        records.Sort();
    });

    private static void Sample(List<byte[]> good, Action<byte[]> read)
        => Gen.Select(Gen.Int[0, good.Count - 1], Gen.Select(Gen.Int[0, 1 << 16], Gen.Byte).Array[1, 4], Gen.Int[0, 5]).Sample(
            (index, changes, cut) =>
            {
                var record = good[index].ToArray();
                foreach (var (place, value) in changes)
                {
                    record[place % record.Length] = value;
                }

                try
                {
                    read(record[..^(cut == 0 ? record.Length / 3 : 0)]);
                }
                catch (Exception refusal) when (refusal is InvalidDataException or C1zException)
                {
                    return true;
                }

                return true;
            },
            iter: 5000,
            threads: 1);

    private static List<byte[]> Records(string pattern, Func<string, uint> number)
    {
        var records = new List<byte[]>();
        foreach (var path in StoreHistory.Names.SelectMany(name => Directory.GetFiles(StoreHistory.Folder(name), pattern)))
        {
            using var file = File.OpenRead(path);
            records.AddRange(RecordLog.Read(file, number(path), LogEnd.Clean));
        }

        return records;
    }
}
