using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Baton.C1z.Reading;

/// <summary>One condition on the rows of a listing. Without a value it is none.</summary>
internal readonly record struct RowCondition(string Column, string? Value)
{
    private enum Kind
    {
        IsEqual,
        IsOneOf,
        IsAbsentFrom,
    }

    private Kind Test { get; init; }

    /// <summary>Null for no condition.</summary>
    public static RowCondition OneOf(string column, IReadOnlyCollection<string>? values)
        => new(column, values is null ? null : JsonArray(values)) { Test = Kind.IsOneOf };

    /// <summary>Null for no condition.</summary>
    public static RowCondition AbsentFrom(string? syncId) => new("external_id", syncId) { Test = Kind.IsAbsentFrom };

    /// <param name="active">All conditions of a listing in the order of its rows; null where the order is another.</param>
    public string Sql(string table, string parameter, RowCondition[]? active) => Test switch
    {
        // As one parameter, however many there are. By an index, the rows would be sorted anew for every page.
        Kind.IsOneOf => $"{(active is null ? "" : "+")}{Column} IN (SELECT value FROM json_each({parameter}))",
        Kind.IsAbsentFrom => $"NOT EXISTS (SELECT 1 FROM {table} AS other WHERE other.external_id = {table}.external_id AND other.sync_id = {parameter})",
        _ => $"{Indexed(table, active)} = {parameter}",
    };

    // An index on (type, id) is good for both, but not for the type alone: the rows of a type would be sorted anew for every page, while
    // all pages together are one pass over the table. The plus sign keeps SQLite from using the index.
    private string Indexed(string table, RowCondition[]? active)
    {
        if (active is null || !Column.EndsWith("_type_id", StringComparison.Ordinal))
        {
            return Column;
        }

        var id = Column.Replace("_type_id", "_id", StringComparison.Ordinal);
        var isAlone = !Array.Exists(active, other => other.Column == id);
        return isAlone && (table, Column) is not ("v1_resources", "resource_type_id") ? $"+{Column}" : Column;
    }

    private static string JsonArray(IReadOnlyCollection<string> values)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var value in values)
            {
                json.WriteStringValue(value);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
