using Google.Protobuf;
using SQLitePCL;
using ZstdSharp;

namespace Baton.Evidence.Tests.Files;

/// <summary>Puts rows into a file that no writer of ours would.</summary>
internal static class Damage
{
    private static ReadOnlySpan<byte> Magic => "C1ZF\0"u8;

    public static void Replace(string path, params (string Table, IMessage Row)[] rows)
        => Array.ForEach(rows, row => Replace(path, row.Table, row.Row.ToByteArray()));

    /// <summary>Replaces the data of every row of a table.</summary>
    public static void Replace(string path, string table, byte[] data) => Change(path, $"UPDATE {table} SET data = x'{Convert.ToHexString(data)}'");

    /// <summary>Changes the database inside.</summary>
    public static void Change(string path, string sql)
    {
        var database = path + ".db";
        File.WriteAllBytes(database, Unpack(File.ReadAllBytes(path)));
        Update(database, sql);
        File.WriteAllBytes(path, Pack(File.ReadAllBytes(database)));
        File.Delete(database);
    }

    /// <summary>The database inside a file.</summary>
    public static byte[] Unpack(byte[] file)
    {
        using var packed = new MemoryStream(file, Magic.Length, file.Length - Magic.Length);
        using var zstd = new DecompressionStream(packed);
        using var database = new MemoryStream();
        zstd.CopyTo(database);
        return database.ToArray();
    }

    /// <summary>A file with this inside.</summary>
    public static byte[] Pack(byte[] database)
    {
        using var compressor = new Compressor();
        return [.. Magic, .. compressor.Wrap(database)];
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
