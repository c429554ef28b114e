namespace Podium.Inventory.Applying;

/// <summary>Writes many rows in the transaction that is open, as fast as the database can. The seam between SQLite and PostgreSQL.</summary>
internal interface IBulkWriter
{
    /// <summary>As many unused ids of a table.</summary>
    Task<IReadOnlyList<long>> ReserveAsync(string table, int count, CancellationToken cancellationToken);

    /// <param name="write">Sets the columns of each row in order, and then calls <see cref="IBulkRow.End"/>.</param>
    Task InsertAsync(BulkTable table, Action<IBulkRow> write, CancellationToken cancellationToken);

    /// <summary>Sets columns of existing rows. The first column is the id.</summary>
    Task UpdateAsync(BulkTable table, Action<IBulkRow> write, CancellationToken cancellationToken);

    /// <summary>
    /// Runs one statement over rows. In it <c>{ids}</c> stands for "is one of the ids", and <c>@at</c>, <c>@cause</c>, … for the numbers.
    /// </summary>
    /// <returns>How many rows it changed.</returns>
    Task<int> ExecuteAsync(string sql, IReadOnlyCollection<long> ids, IReadOnlyList<(string Name, long Value)> numbers, CancellationToken cancellationToken);
}

/// <summary>The row that is being written. Values are set in the order of the columns.</summary>
internal interface IBulkRow
{
    IBulkRow Set(long number);

    IBulkRow Set(string text);

    IBulkRow Set(bool flag);

    IBulkRow Set(ReadOnlySpan<byte> bytes);

    IBulkRow SetNull();

    void End();
}

internal static class BulkRowExtensions
{
    public static IBulkRow Set(this IBulkRow row, long? number) => number is { } known ? row.Set(known) : row.SetNull();

    public static IBulkRow Set(this IBulkRow row, bool? flag) => flag is { } known ? row.Set(known) : row.SetNull();

    public static IBulkRow SetOrNull(this IBulkRow row, string? text) => text is null ? row.SetNull() : row.Set(text);
}

internal sealed record BulkTable(string Name, params IReadOnlyList<BulkColumn> Columns);

internal readonly record struct BulkColumn(string Name, BulkType Type)
{
    public static implicit operator BulkColumn((string Name, BulkType Type) pair) => new(pair.Name, pair.Type);
}

internal enum BulkType
{
    Number,

    /// <summary>32 bits.</summary>
    Integer,
    Text,
    Flag,
    Bytes,
}
