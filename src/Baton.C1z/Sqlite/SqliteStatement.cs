using System.Text;
using SQLitePCL;

namespace Baton.C1z.Sqlite;

/// <summary>A prepared statement. Parameters count from 1, columns from 0, as in SQLite itself.</summary>
internal sealed class SqliteStatement(SqliteDatabase database, sqlite3_stmt handle) : IDisposable
{
    private const int StackBytes = 512;

    public void Bind(int index, ReadOnlySpan<char> text)
    {
        // A text is bound as UTF-8 from the stack: a load binds millions, and none should reach the heap.
        Span<byte> stack = stackalloc byte[StackBytes];
        var needed = Encoding.UTF8.GetMaxByteCount(text.Length);
        var bytes = needed <= StackBytes ? stack : new byte[needed];
        var length = Encoding.UTF8.GetBytes(text, bytes);
        database.Check(raw.sqlite3_bind_text(handle, index, bytes[..length]));
    }

    public void BindUtf8(int index, ReadOnlySpan<byte> text) => database.Check(raw.sqlite3_bind_text(handle, index, text));

    public void Bind(int index, long number) => database.Check(raw.sqlite3_bind_int64(handle, index, number));

    public void BindBlob(int index, ReadOnlySpan<byte> blob) => database.Check(raw.sqlite3_bind_blob(handle, index, blob));

    public void BindNull(int index) => database.Check(raw.sqlite3_bind_null(handle, index));

    public void BindAll(ReadOnlySpan<string> texts)
    {
        for (var i = 0; i < texts.Length; i++)
        {
            Bind(i + 1, texts[i]);
        }
    }

    /// <summary>Moves to the next row; false when there is none.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        database.Check(code);
        return code == raw.SQLITE_ROW;
    }

    /// <summary>Runs a statement that returns no rows, and makes it ready for the next parameters.</summary>
    public void Run()
    {
        var code = raw.sqlite3_step(handle);
        raw.sqlite3_reset(handle);
        database.Check(code);
    }

    public void Reset() => raw.sqlite3_reset(handle);

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public string Text(int column) => Encoding.UTF8.GetString(Utf8(column));

    /// <summary>The text of the current row as it is stored. Valid until the next step or reset.</summary>
    public ReadOnlySpan<byte> Utf8(int column)
    {
        // Asking for the text converts the value; taking its bytes then keeps what follows a NUL inside it.
        _ = raw.sqlite3_column_text(handle, column);
        return raw.sqlite3_column_blob(handle, column);
    }

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    /// <summary>How long a text or blob of the current row is.</summary>
    public int Bytes(int column) => raw.sqlite3_column_bytes(handle, column);

    /// <summary>The blob of the current row. Valid until the next step or reset.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(handle, column);

    public void Dispose() => handle.Dispose();
}
