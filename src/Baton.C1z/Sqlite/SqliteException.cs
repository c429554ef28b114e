namespace Baton.C1z.Sqlite;

/// <summary>An error that SQLite reported. Callers turn it into a <see cref="C1zException"/> that names the file.</summary>
internal sealed class SqliteException(int code, string message) : Exception(message)
{
    /// <summary>SQLite's primary result code.</summary>
    public int Code { get; } = code & 0xFF;
}
