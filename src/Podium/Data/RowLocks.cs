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
        => context.Locked<TEntity>("id = {0}", id).FirstOrDefaultAsync(cancellationToken);

    /// <summary>The rows that fulfil a condition, all of them locked: it must be in the condition, and not in what is asked of the result, which are wanted.</summary>
    /// <param name="context">That of the transaction.</param>
    /// <param name="condition">SQL that both databases read, with <c>{0}</c> for the value.</param>
    /// <param name="value">The value.</param>
    public static IQueryable<TEntity> Locked<TEntity>(this PodiumContext context, string condition, object value)
        where TEntity : class
    {
        var table = context.Model.FindEntityType(typeof(TEntity))!.GetTableName();
        var text = $"SELECT * FROM {table} WHERE {condition}" + (context.Database.IsNpgsql() ? " FOR UPDATE" : "");
        return context.Set<TEntity>().FromSqlRaw(text, value);
    }
}
