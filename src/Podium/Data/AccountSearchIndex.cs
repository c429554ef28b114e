using Microsoft.EntityFrameworkCore;

namespace Podium.Data;

/// <summary>
/// The index by which accounts are found by any part of their name, address or login. EF Core has no model for either database's, so that it
/// is made after the migrations, when it is missing: also when a migration rebuilt the table, which drops its triggers.
/// </summary>
internal sealed class AccountSearchIndex
{
    private const string Sqlite =
        """
        CREATE VIRTUAL TABLE IF NOT EXISTS app_account_search USING fts5(
            search_text, content='app_account', content_rowid='id', tokenize='trigram case_sensitive 1', detail='full');
        CREATE TRIGGER IF NOT EXISTS app_account_search_update AFTER UPDATE OF search_text ON app_account WHEN old.search_text <> new.search_text BEGIN
            INSERT INTO app_account_search (app_account_search, rowid, search_text) VALUES ('delete', old.id, old.search_text);
            INSERT INTO app_account_search (rowid, search_text) VALUES (new.id, new.search_text);
        END;
        """;

    private const string SqliteInsertion =
        """
        CREATE TRIGGER IF NOT EXISTS app_account_search_insert AFTER INSERT ON app_account BEGIN
            INSERT INTO app_account_search (rowid, search_text) VALUES (new.id, new.search_text);
        END;
        """;

    // Where a trigger adds the rows, each of them is flushed: measured, half of the time of a first sync.
    private const int Many = 1000;

    // Who may not create extensions keeps prefix search. The lock is for replicas that start together: "if not exists" alone is no protection.
    private const string PostgreSql =
        """
        DO $$ BEGIN
            PERFORM pg_advisory_xact_lock(7164216421640);
            CREATE EXTENSION IF NOT EXISTS pg_trgm;
            CREATE INDEX IF NOT EXISTS ix_app_account_search_text_trigram ON app_account USING gin (search_text gin_trgm_ops);
        EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported OR undefined_object THEN NULL;
        END $$;
        """;

    public static async Task EnsureAsync(PodiumContext context, CancellationToken cancellationToken)
        => await context.Database.ExecuteSqlRawAsync(context is SqlitePodiumContext ? Sqlite + SqliteInsertion : PostgreSql, cancellationToken);

    /// <summary>Inserts accounts in the transaction that is open, and makes that they are found.</summary>
    /// <param name="context">That of the transaction.</param>
    /// <param name="ids">Of the accounts, ascending; on SQLite without gaps.</param>
    /// <param name="insert">Inserts them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task InsertAsync(PodiumContext context, IReadOnlyList<long> ids, Func<Task> insert, CancellationToken cancellationToken)
    {
        if (context is not SqlitePodiumContext || ids.Count < Many)
        {
            await insert();
            return;
        }

        await context.Database.ExecuteSqlRawAsync("DROP TRIGGER IF EXISTS app_account_search_insert", cancellationToken);
        await insert();
        var (first, last) = (ids[0], ids[^1]);
        await context.Database.ExecuteSqlAsync(
            $"INSERT INTO app_account_search (rowid, search_text) SELECT id, search_text FROM app_account WHERE id BETWEEN {first} AND {last} ORDER BY id", cancellationToken);
        await context.Database.ExecuteSqlRawAsync(SqliteInsertion, cancellationToken);
    }

    /// <summary>Whether accounts are found by any part of a text, and not only by how the name begins.</summary>
    public static async Task<bool> FindsPartsAsync(PodiumContext context, CancellationToken cancellationToken)
    {
        const string sql = "SELECT to_regclass('ix_app_account_search_text_trigram') IS NOT NULL";
        if (context is PostgreSqlPodiumContext)
        {
            await foreach (var row in context.RowsAsync(sql, [], cancellationToken))
            {
                return row.GetBoolean(0);
            }
        }

        return true;
    }
}
