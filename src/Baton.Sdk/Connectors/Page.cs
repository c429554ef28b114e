using Google.Protobuf.WellKnownTypes;

namespace Baton.Sdk.Connectors;

/// <summary>A part of a listing.</summary>
/// <param name="Items">May be empty: an empty page does not end a listing, the end of the enumeration does.</param>
public sealed record Page<T>(IReadOnlyList<T> Items)
{
    /// <summary>
    /// Where a new enumeration goes on after this page. Empty when it cannot go on just here; a listing that is repeated then starts at
    /// the last page that had a token, which is harmless since every write is an upsert.
    /// </summary>
    public string NextToken { get; init; } = "";

    /// <summary>What the field's annotations on a listing say, for example <c>InsertResourceGrants</c>.</summary>
    public IReadOnlyList<Any> Annotations { get; init; } = [];
}

/// <summary>Where a listing starts, and the sync it is for.</summary>
public sealed record PageRequest(ISyncContext Sync)
{
    /// <summary>A <see cref="Page{T}.NextToken"/> of an earlier enumeration; empty for the beginning.</summary>
    public string Token { get; init; } = "";
}
