namespace Baton.Sdk.Sync;

/// <summary>
/// One unit of a sync: an operation on a subject, and how far it has come. An action without a subject is the root of its phase, which
/// pushes one action a subject.
/// </summary>
internal sealed record SyncAction(string Id, SyncOperation Operation)
{
    public string PageToken { get; init; } = "";

    public string ResourceTypeId { get; init; } = "";

    public string ResourceId { get; init; } = "";

    public string ParentTypeId { get; init; } = "";

    public string ParentId { get; init; } = "";

    /// <summary>A further cursor of another action of the same subject.</summary>
    public bool Spawned { get; init; }

    /// <summary>One listing for all resources of the type.</summary>
    public bool TypeScoped { get; init; }

    public bool HasSubject => ResourceTypeId.Length > 0;

    public override string ToString()
        => HasSubject ? $"{Operation.Name()} {ResourceTypeId}{(ResourceId.Length > 0 ? ":" + ResourceId : "")}" : Operation.Name();
}
