using System.Text.Json;

namespace Baton.Testing.Grafana.Api;

/// <summary>A page by number from 1, as most listings are cut. What is no sensible number counts as absent.</summary>
internal sealed record Page(int Number, int Size)
{
    private const int DefaultSize = 1000;

    public static Page Of(ApiCall call) => new(call.QueryNumber("page", 1), call.QueryNumber("perpage", DefaultSize));

    public ReadOnlySpan<T> Cut<T>(T[] rows)
    {
        var start = (long)(Number - 1) * Size;
        return start >= rows.Length ? [] : rows.AsSpan((int)start, (int)Math.Min(Size, rows.Length - start));
    }

    /// <summary>Writes what comes after the rows in the object around them.</summary>
    public void WriteTail(Utf8JsonWriter json)
    {
        json.WriteNumber("page", Number);
        json.WriteNumber("perPage", Size);
        json.WriteEndObject();
    }
}
