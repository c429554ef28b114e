using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Podium.Data;

/// <summary>Which database, and how it is reached. <paramref name="ConnectionString"/> is a secret where it is PostgreSQL's.</summary>
internal sealed record DatabaseOptions(DatabaseKind Kind, string ConnectionString)
{
    public static DatabaseOptions Sqlite(string path) => new(DatabaseKind.Sqlite, new SqliteConnectionStringBuilder
    {
        DataSource = path,
        ForeignKeys = true,
        // Seconds: the gate of the process comes first; this is for a `backup` or `doctor` beside it.
        DefaultTimeout = 30,
    }.ToString());

    public static DatabaseOptions PostgreSql(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "podium" };
        // PostgreSQL 15 plans parallel workers for pages of 50 rows: measured, 164 ms instead of 2.2 on two cores.
        builder.Options = $"{builder.Options} -c max_parallel_workers_per_gather=0".Trim();
        return new(DatabaseKind.PostgreSql, builder.ToString());
    }

    public void Configure(DbContextOptionsBuilder builder)
    {
        if (Kind == DatabaseKind.Sqlite)
        {
            builder.UseSqlite(ConnectionString, sqlite => sqlite.MigrationsHistoryTable("migrations_history"));
        }
        else
        {
            builder.UseNpgsql(ConnectionString, postgres => postgres.MigrationsHistoryTable("migrations_history"));
        }
    }
}
