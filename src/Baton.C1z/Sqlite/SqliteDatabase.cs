using SQLitePCL;

namespace Baton.C1z.Sqlite;

/// <summary>One SQLite connection, as thin as it can be: the loads here are bound by it. Not thread-safe.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    private static int _spillsSomewhere;

    private readonly sqlite3 _handle;

    static SqliteDatabase() => Batteries_V2.Init();

    private SqliteDatabase(sqlite3 handle) => _handle = handle;

    public long Changes => raw.sqlite3_changes(_handle);

    /// <exception cref="SqliteException">The file is not a database, or cannot be opened.</exception>
    public static SqliteDatabase Open(string path)
    {
        const int flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX;
        var code = raw.sqlite3_open_v2(path, out var handle, flags, null);
        var database = new SqliteDatabase(handle);
        try
        {
            database.Check(code);

            // The schema may come from a stranger's file: nothing in it may run code or reach shadow tables.
            raw.sqlite3_db_config(handle, raw.SQLITE_DBCONFIG_DEFENSIVE, 1, out _);
            raw.sqlite3_db_config(handle, raw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, out _);
            raw.sqlite3_db_config(handle, raw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, out _);
            raw.sqlite3_db_config(handle, raw.SQLITE_DBCONFIG_ENABLE_VIEW, 0, out _);
            database.Execute("PRAGMA cell_size_check = ON");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>From here on, values of more bytes are errors (<see cref="SqliteResult.TooBig"/>), whether they are stored or computed.</summary>
    public void LimitValues(int bytes) => raw.sqlite3_limit(_handle, raw.SQLITE_LIMIT_LENGTH, bytes);

    public void Execute(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    public SqliteStatement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_handle, sql, out var statement));
        return new SqliteStatement(this, statement);
    }

    /// <summary>
    /// Where sorts and copies go that do not fit in memory. SQLite would choose a folder by itself, and in a container whose only
    /// writable one was named to us it would find none. The setting is the process's, and SQLite frees the text of the one before while
    /// other connections may be reading it (its documentation of the pragma says so): the first one stays, and where its folder is gone, SQLite
    /// chooses again.
    /// </summary>
    public void SpillTo(string folder)
    {
        if (Interlocked.Exchange(ref _spillsSomewhere, 1) != 0)
        {
            return;
        }

        try
        {
            Execute($"PRAGMA temp_store_directory = '{folder.Replace("'", "''", StringComparison.Ordinal)}'");
        }
        catch
        {
            Volatile.Write(ref _spillsSomewhere, 0);
            throw;
        }
    }

    /// <summary>Runs a statement once with text parameters, and returns how many rows it changed.</summary>
    public long Execute(string sql, params ReadOnlySpan<string> parameters)
    {
        using var statement = Prepare(sql);
        statement.BindAll(parameters);
        statement.Run();
        return Changes;
    }

    /// <summary>The first column of the first row, or null when there is none.</summary>
    public string? Scalar(string sql, params ReadOnlySpan<string> parameters)
    {
        using var statement = Prepare(sql);
        statement.BindAll(parameters);
        return statement.Step() ? statement.TextOrNull(0) : null;
    }

    public void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw new SqliteException(code, raw.sqlite3_errmsg(_handle).utf8_to_string() ?? $"SQLite error {code}");
        }
    }

    public void Dispose() => _handle.Dispose();
}
