using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Podium.Data;

/// <summary>Statements written by hand, where the plan of a list has to be exactly one, or rows are too many for objects.</summary>
internal static class SqlRows
{
    /// <summary>The rows of a query. The reader is the same for each, and stands on the row while it is enumerated.</summary>
    public static async IAsyncEnumerable<DbDataReader> RowsAsync(
        this PodiumContext context,
        string sql,
        IReadOnlyCollection<(string Name, object Value)> parameters,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = context.Database.GetDbConnection().CreateCommand();
            command.Transaction = context.Database.CurrentTransaction?.GetDbTransaction();
            command.CommandText = sql;
            foreach (var (name, value) in parameters)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                parameter.Value = value;
                command.Parameters.Add(parameter);
            }

            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                yield return reader;
            }
        }
        finally
        {
            await context.Database.CloseConnectionAsync();
        }
    }

    public static Moment Moment(this DbDataReader row, int column) => new(row.GetInt64(column));

    public static Moment? MomentOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : new Moment(row.GetInt64(column));

    public static long? Int64OrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public static string? StringOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static bool? BooleanOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetBoolean(column);
}
