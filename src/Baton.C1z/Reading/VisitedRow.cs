namespace Baton.C1z.Reading;

/// <summary>
/// One row as it is stored, in UTF-8 and not decoded. What it shows is valid only during the call. A field that the table does not have is empty.
/// </summary>
public readonly ref struct VisitedRow
{
    /// <summary>Its number, by which <see cref="SyncReader.Visit(StoredTable, IReadOnlyList{long}, RowVisitor)"/> finds it again.</summary>
    public required long Row { get; init; }

    /// <summary>The message, encoded. A grant's may leave out what the other fields say.</summary>
    public required ReadOnlySpan<byte> Data { get; init; }

    /// <summary>Of an entitlement or a grant its own id; of a resource <c>type:id</c>.</summary>
    public ReadOnlySpan<byte> ExternalId { get; init; }

    /// <summary>The type of the resource; of an entitlement or a grant, of the resource that it is on.</summary>
    public ReadOnlySpan<byte> TypeId { get; init; }

    /// <summary>The id of that resource without its type; of a resource, its own.</summary>
    public ReadOnlySpan<byte> Id { get; init; }

    /// <summary>Of a resource, the type of the one around it.</summary>
    public ReadOnlySpan<byte> ParentTypeId { get; init; }

    public ReadOnlySpan<byte> ParentId { get; init; }

    /// <summary>Of a grant, what is granted.</summary>
    public ReadOnlySpan<byte> EntitlementId { get; init; }

    /// <summary>Of a grant, the type of the one to whom.</summary>
    public ReadOnlySpan<byte> PrincipalTypeId { get; init; }

    public ReadOnlySpan<byte> PrincipalId { get; init; }
}

public delegate void RowVisitor(in VisitedRow row);
