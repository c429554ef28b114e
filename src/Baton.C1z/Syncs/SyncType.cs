namespace Baton.C1z.Syncs;

/// <summary>How much of the target system a sync covers.</summary>
public enum SyncType
{
    /// <summary>Everything. What readers show when nothing else is asked for.</summary>
    Full,

    /// <summary>Chosen resources only.</summary>
    Partial,

    /// <summary>Resources, without entitlements and grants.</summary>
    ResourcesOnly,

    /// <summary>What was added or changed between two syncs.</summary>
    PartialUpserts,

    /// <summary>What was deleted between two syncs.</summary>
    PartialDeletions,

    /// <summary>A type that this version does not know.</summary>
    Unknown,
}

/// <summary>The names of the sync types in a file.</summary>
public static class SyncTypes
{
    public static string Name(this SyncType type) => type switch
    {
        SyncType.Full => "full",
        SyncType.Partial => "partial",
        SyncType.ResourcesOnly => "resources_only",
        SyncType.PartialUpserts => "partial_upserts",
        SyncType.PartialDeletions => "partial_deletions",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "has no name in a file"),
    };

    public static SyncType Parse(string name) => name switch
    {
        "full" => SyncType.Full,
        "partial" => SyncType.Partial,
        "resources_only" => SyncType.ResourcesOnly,
        "partial_upserts" => SyncType.PartialUpserts,
        "partial_deletions" => SyncType.PartialDeletions,
        _ => SyncType.Unknown,
    };
}
