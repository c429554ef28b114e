using System.Globalization;

namespace Baton.C1z.Pebble.Store.Logs;

/// <summary>Reads what was written and is in no table yet. A file that was saved in order has none of it.</summary>
internal static class WriteAheadLogs
{
    private const string Extension = ".log";

    public static UnflushedRecords Load(string folder, ulong oldest)
    {
        var logs = Directory.EnumerateFiles(folder, "*" + Extension)
            .Select(path => (Path: path, Number: Number(path)))
            .Where(log => log.Number >= oldest)
            .OrderBy(log => log.Number)
            .ToList();
        if (logs.Sum(log => new FileInfo(log.Path).Length) > RecordLog.MaxBytes)
        {
            throw StoreFault.TooLarge($"has logs of more than {RecordLog.MaxBytes >> 20} MiB");
        }

        var records = new UnflushedRecords();
        for (var i = 0; i < logs.Count; i++)
        {
            // Only the last one can have been written to when its writer was stopped.
            Load(logs[i].Path, logs[i].Number, i + 1 < logs.Count ? LogEnd.Clean : LogEnd.Torn, records);
        }

        records.Sort();
        return records;
    }

    private static void Load(string path, ulong number, LogEnd end, UnflushedRecords records)
    {
        try
        {
            using var file = File.OpenRead(path);
            foreach (var record in RecordLog.Read(file, unchecked((uint)number), end))
            {
                Batch.ReadInto(record, records);
            }
        }
        catch (InvalidDataException damage)
        {
            throw StoreFault.Damaged(Path.GetFileName(path), damage);
        }
    }

    private static ulong Number(string path)
        => ulong.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw StoreFault.Unsupported($"has a log named {Path.GetFileName(path)}");
}
