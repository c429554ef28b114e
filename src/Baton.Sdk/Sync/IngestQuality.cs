using System.Text.Json;

namespace Baton.Sdk.Sync;

/// <summary>
/// What a connector sent that could not be stored, and what was left out because it points to types outside this sync. Thread-safe.
/// </summary>
internal sealed class IngestQuality
{
    private const int ReferentialChecksSkipped = 32;
    private const int ResumedWithoutQuality = 64;

    private long _invalidResourceTypes;
    private long _invalidResources;
    private long _invalidEntitlements;
    private long _entitlementsDropped;
    private long _grantsDropped;
    private long _grantResourcesDropped;
    private long _expansionTypesDropped;
    private long _expansionsDropped;

    public bool Resumed { get; set; }

    public long InvalidResourceTypes => Interlocked.Read(ref _invalidResourceTypes);

    public long InvalidResources => Interlocked.Read(ref _invalidResources);

    public long InvalidEntitlements => Interlocked.Read(ref _invalidEntitlements);

    public long Invalid => InvalidResourceTypes + InvalidResources + InvalidEntitlements;

    public long EntitlementsDropped => Interlocked.Read(ref _entitlementsDropped);

    public long GrantsDropped => Interlocked.Read(ref _grantsDropped);

    public long GrantResourcesDropped => Interlocked.Read(ref _grantResourcesDropped);

    public long ExpansionTypesDropped => Interlocked.Read(ref _expansionTypesDropped);

    public long ExpansionsDropped => Interlocked.Read(ref _expansionsDropped);

    public long Dropped => EntitlementsDropped + GrantsDropped + GrantResourcesDropped + ExpansionTypesDropped + ExpansionsDropped;

    public void InvalidResourceType() => Interlocked.Increment(ref _invalidResourceTypes);

    public void InvalidResource() => Interlocked.Increment(ref _invalidResources);

    public void InvalidEntitlement() => Interlocked.Increment(ref _invalidEntitlements);

    public void EntitlementDropped() => Interlocked.Increment(ref _entitlementsDropped);

    public void GrantDropped() => Interlocked.Increment(ref _grantsDropped);

    public void GrantResourceDropped() => Interlocked.Increment(ref _grantResourcesDropped);

    public void ExpansionTypeDropped() => Interlocked.Increment(ref _expansionTypesDropped);

    public void ExpansionDropped() => Interlocked.Increment(ref _expansionsDropped);

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteBoolean("source_cache_replay_blocked", true);
        Write(json, "entitlements_dropped", EntitlementsDropped);
        Write(json, "grants_dropped", GrantsDropped);
        Write(json, "grant_resources_dropped", GrantResourcesDropped);
        Write(json, "expansion_resource_types_dropped", ExpansionTypesDropped);
        Write(json, "expansions_dropped", ExpansionsDropped);
        Write(json, "invalid_resource_types_observed", InvalidResourceTypes);
        Write(json, "invalid_resources_observed", InvalidResources);
        Write(json, "invalid_entitlements_observed", InvalidEntitlements);
        json.WriteNumber("reason_flags", Flags());
        json.WriteEndObject();
    }

    private int Flags()
        => (EntitlementsDropped > 0 ? 1 : 0)
        | (GrantsDropped > 0 ? 2 : 0)
        | (GrantResourcesDropped > 0 ? 4 : 0)
        | (ExpansionTypesDropped > 0 ? 8 : 0)
        | (ExpansionsDropped > 0 ? 16 : 0)
        | ReferentialChecksSkipped
        | (Resumed ? ResumedWithoutQuality : 0);

    private static void Write(Utf8JsonWriter json, string name, long number)
    {
        if (number > 0)
        {
            json.WriteNumber(name, number);
        }
    }
}
