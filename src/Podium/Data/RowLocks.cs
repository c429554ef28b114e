using Microsoft.EntityFrameworkCore;

namespace Podium.Data;

/// <summary>
/// Rows that are read in order to be changed. On PostgreSQL the row is locked to the end of the transaction, so that two replicas decide one after
/// the other; on SQLite the transaction has the whole database.
/// </summary>
internal static class RowLocks
{
    public static Task<TEntity?> LockAsync<TEntity>(this PodiumContext context, long id, CancellationToken cancellationToken)
        where TEntity : class
        => context.Locked<TEntity>("id", id).FirstOrDefaultAsync(cancellationToken);

    /// <summary>The row, locked, whose column has a value.</summary>
    public static IQueryable<TEntity> Locked<TEntity>(this PodiumContext context, string column, object value)
        where TEntity : class
    {
        var table = context.Model.FindEntityType(typeof(TEntity))!.GetTableName();
        var text = $"SELECT * FROM {table} WHERE {column} = {{0}}" + (context.Database.IsNpgsql() ? " FOR UPDATE" : "");
        return context.Set<TEntity>().FromSqlRaw(text, value);
    }
}
