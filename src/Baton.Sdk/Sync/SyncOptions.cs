using Baton.Sdk.Connectors;
using Baton.C1z.Syncs;
using Baton.Protocol.Connector.V2;

namespace Baton.Sdk.Sync;

/// <summary>What a sync covers and how it runs.</summary>
internal sealed record SyncOptions
{
    /// <summary>The file to add the sync to.</summary>
    public required string OutputPath { get; init; }

    /// <summary>How many leaf actions, and requests, are under way at once.</summary>
    public int Workers { get; init; } = DefaultWorkers;

    /// <summary>Only these resource types; empty for all.</summary>
    public IReadOnlyList<string> ResourceTypes { get; init; } = [];

    /// <summary>Only these resources: a partial sync.</summary>
    public IReadOnlyList<TargetResource> Targets { get; init; } = [];

    public bool SkipEntitlementsAndGrants { get; init; }

    public bool SkipGrants { get; init; }

    public bool SkipExpansion { get; init; }

    /// <summary>Identities of another connector, to match grants against; null for none.</summary>
    public ExternalResources? External { get; init; }

    /// <summary>A component of the identity of what is synced: a sync is resumed only by one of the same.</summary>
    public string Source { get; init; } = "";

    /// <summary>How many full syncs the file keeps, this one included; 0 to delete none.</summary>
    public int KeepSyncs { get; init; } = 2;

    /// <summary>What syncs before had, for a service, which sends its files away; null when the file itself tells.</summary>
    public EarlierSync? Earlier { get; init; }

    /// <summary>How often in a row a page may fail before the sync gives up.</summary>
    public int RetryLimit { get; init; } = RetryPolicy.DefaultLimit;

    /// <summary>How long after its start the progress of an interrupted sync may be gone on with.</summary>
    public TimeSpan ProgressUsableFor { get; init; } = ProgressFile.UsableFor;

    public bool FixCycles { get; init; } = true;

    public C1z.C1zOptions File { get; init; } = new();

    public const int DefaultWorkers = 8;

    public SyncType Type => Targets.Count > 0 ? SyncType.Partial : SkipEntitlementsAndGrants ? SyncType.ResourcesOnly : SyncType.Full;

    /// <summary>What must be alike for one sync to go on with another's progress.</summary>
    public string Fingerprint => string.Join(
        '|', Source, string.Join(',', ResourceTypes.Order(StringComparer.Ordinal)), SkipGrants, SkipExpansion, External?.Fingerprint);
}

/// <summary>One resource of a targeted sync.</summary>
internal sealed record TargetResource(ResourceId Id, ResourceId? Parent);

/// <summary>The file with another connector's identities, and which of them count.</summary>
internal sealed record ExternalResources(string Path)
{
    /// <summary>Only principals that hold this entitlement; null for all with a matching trait.</summary>
    public string? EntitlementId { get; init; }

    public IReadOnlyList<ResourceType.Types.Trait> Traits { get; init; } = [ResourceType.Types.Trait.User, ResourceType.Types.Trait.Group];

    public string Fingerprint => string.Join(',', Traits.Order().Select(trait => trait.ToString()).Prepend(EntitlementId).Prepend(Path));
}
