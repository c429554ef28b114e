using System.Security.Cryptography;
using Baton.C1z.Sqlite;
using ZstdSharp;

namespace Baton.C1z.Tests.Support;

/// <summary>A <c>.c1z</c> file taken apart and put together without the code under test: bytes, and the database as it was stored.</summary>
internal sealed class RawFile : IDisposable
{
    public static readonly byte[] Magic = "C1ZF\0"u8.ToArray();

    private readonly string _databasePath;
    private readonly SqliteDatabase _database;

    public RawFile(string path)
    {
        Bytes = File.ReadAllBytes(path);
        using var zstd = new Decompressor();
        Database = zstd.Unwrap(Bytes.AsSpan(Magic.Length)).ToArray();
        _databasePath = System.IO.Path.GetTempFileName();
        File.WriteAllBytes(_databasePath, Database);
        _database = SqliteDatabase.Open(_databasePath);
    }

    public byte[] Bytes { get; }

    public byte[] Database { get; }

    /// <summary>Magic and one ordinary frame around <paramref name="content"/>.</summary>
    public static byte[] Pack(ReadOnlySpan<byte> content)
    {
        using var zstd = new Compressor();
        return [.. Magic, .. zstd.Wrap(content)];
    }

    /// <summary>A file with the database that the statements make.</summary>
    public static byte[] PackDatabase(string sql, byte[]? startFrom = null)
    {
        var path = System.IO.Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, startFrom ?? []);
            using (var database = SqliteDatabase.Open(path))
            {
                database.Execute(sql);
            }

            return Pack(File.ReadAllBytes(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    public static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The first column of every row. A query over several columns makes one of them with <c>json_array</c>.</summary>
    public List<string> Query(string sql) => Query(_database, sql);

    public static List<string> Query(SqliteDatabase database, string sql)
    {
        using var statement = database.Prepare(sql);
        var rows = new List<string>();
        while (statement.Step())
        {
            rows.Add(statement.TextOrNull(0) ?? "NULL");
        }

        return rows;
    }

    public void Dispose()
    {
        _database.Dispose();
        File.Delete(_databasePath);
    }
}
