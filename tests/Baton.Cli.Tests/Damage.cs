using Google.Protobuf;
using SQLitePCL;
using ZstdSharp;

namespace Baton.Cli.Tests;

/// <summary>Puts rows into a file that no writer of ours would.</summary>
internal static class Damage
{
    private const int MagicLength = 5;

    public static void Replace(string path, params (string Table, IMessage Row)[] rows)
        => Array.ForEach(rows, row => Replace(path, row.Table, row.Row.ToByteArray()));

    /// <summary>Replaces the data of every row of a table.</summary>
    public static void Replace(string path, string table, byte[] data) => Change(path, $"UPDATE {table} SET data = x'{Convert.ToHexString(data)}'");

    /// <summary>Changes the database inside.</summary>
    public static void Change(string path, string sql)
    {
        var file = File.ReadAllBytes(path);
        var database = path + ".db";
        using (var packed = new MemoryStream(file, MagicLength, file.Length - MagicLength))
        using (var unpacked = File.Create(database))
        using (var zstd = new DecompressionStream(packed))
        {
            zstd.CopyTo(unpacked);
        }

        Update(database, sql);
        using var compressor = new Compressor();
        File.WriteAllBytes(path, [.. file[..MagicLength], .. compressor.Wrap(File.ReadAllBytes(database))]);
        File.Delete(database);
    }

    private static void Update(string database, string sql)
    {
        Batteries_V2.Init();
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_open(database, out var connection));
        using (connection)
        {
            Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(connection, sql));
        }
    }
}
