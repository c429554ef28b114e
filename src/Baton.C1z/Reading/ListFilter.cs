namespace Baton.C1z.Reading;

/// <summary>Narrows a listing. What is null does not narrow.</summary>
public sealed record ListFilter
{
    public static ListFilter None { get; } = new();

    /// <summary>The type of the resource, or of the resource that an entitlement or a grant is on.</summary>
    public string? ResourceTypeId { get; init; }

    /// <summary>The id of that resource, without its type. Needs <see cref="ResourceTypeId"/>.</summary>
    public string? ResourceId { get; init; }

    /// <summary>Grants of this entitlement.</summary>
    public string? EntitlementId { get; init; }

    /// <summary>Entitlements of these ids, or grants of them. None at all matches nothing.</summary>
    public IReadOnlyCollection<string>? EntitlementIds { get; init; }

    /// <summary>Only what this other sync of the file does not hold.</summary>
    public string? AbsentFromSyncId { get; init; }

    /// <summary>Grants to principals of this type.</summary>
    public string? PrincipalTypeId { get; init; }

    /// <summary>Grants to this principal. Needs <see cref="PrincipalTypeId"/>.</summary>
    public string? PrincipalId { get; init; }

    /// <summary>Resources below a resource of this type.</summary>
    public string? ParentTypeId { get; init; }

    /// <summary>Resources below this resource. Needs <see cref="ParentTypeId"/>.</summary>
    public string? ParentId { get; init; }
}
