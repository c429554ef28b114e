using Baton.C1z.Reading;
using Baton.Protocol.Connector.V2;
using Google.Protobuf;

namespace Baton.Evidence.Reading;

/// <summary>
/// Finds what the rows of a listing refer to, and remembers some of it. A reference that leads nowhere is answered with a placeholder
/// that says so in its name, in the words that upstream uses.
/// </summary>
public sealed class SyncDirectory(SyncReader reader)
{
    // In encoded bytes; decoded, an object takes a few times as much.
    private const long GenerationBytes = 1 << 15;
    private const long OverheadBytes = 128;

    private readonly BoundedCache<string, ResourceType> _types = new(GenerationBytes);
    private readonly BoundedCache<(string TypeId, string Id), Resource> _resources = new(GenerationBytes);
    private readonly BoundedCache<string, Entitlement> _entitlements = new(GenerationBytes);

    /// <summary>Whether this is the placeholder for what the sync does not hold.</summary>
    public static bool IsMissing(Resource? resource)
        => resource is null || (resource.DisplayName.StartsWith("MISSING ", StringComparison.Ordinal) && resource.DisplayName == MissingName(resource.Id));

    /// <summary>Whether this is the placeholder for what the sync does not hold.</summary>
    public static bool IsMissing(Entitlement? entitlement)
        => entitlement is null || (entitlement.DisplayName.StartsWith("MISSING ", StringComparison.Ordinal) && entitlement.DisplayName == MissingName(entitlement.Id));

    public ResourceType ResourceType(string id)
    {
        if (_types.Find(id) is not { } type)
        {
            type = reader.FindResourceType(id) ?? new ResourceType { Id = id, DisplayName = $"MISSING RESOURCE TYPE ({id})" };
            _types.Add(id, type, Weight(type));
        }

        return type;
    }

    public Resource Resource((string TypeId, string Id) id)
    {
        if (_resources.Find(id) is { } known)
        {
            return known;
        }

        LoadResources([id]);
        return _resources.Find(id)!;
    }

    public Entitlement Entitlement(string id)
    {
        if (_entitlements.Find(id) is { } known)
        {
            return known;
        }

        LoadEntitlements([id]);
        return _entitlements.Find(id)!;
    }

    /// <summary>Reads the resources of a page of rows together, which costs far less than one by one.</summary>
    public void LoadResources(IEnumerable<(string TypeId, string Id)> ids)
    {
        var wanted = ids.Where(id => _resources.Find(id) is null).ToHashSet();
        if (wanted.Count == 0)
        {
            return;
        }

        var found = reader.FindResources(wanted);
        foreach (var id in wanted)
        {
            var resource = found.GetValueOrDefault(id) ?? Missing(id);
            _resources.Add(id, resource, Weight(resource));
        }
    }

    /// <summary>Reads the entitlements of a page of rows together.</summary>
    public void LoadEntitlements(IEnumerable<string> ids)
    {
        var wanted = ids.Where(id => _entitlements.Find(id) is null).ToHashSet(StringComparer.Ordinal);
        if (wanted.Count == 0)
        {
            return;
        }

        var found = reader.FindEntitlements(wanted);
        foreach (var id in wanted)
        {
            var entitlement = found.GetValueOrDefault(id) ?? new Entitlement { Id = id, DisplayName = MissingName(id) };
            _entitlements.Add(id, entitlement, Weight(entitlement));
        }
    }

    private static Resource Missing((string TypeId, string Id) id)
    {
        var key = new ResourceId { ResourceType = id.TypeId, Resource = id.Id };
        return new() { Id = key, DisplayName = MissingName(key) };
    }

    private static string MissingName(ResourceId? id) => $"MISSING RESOURCE ({Facts.Reference(id)})";

    private static string MissingName(string entitlementId) => $"MISSING ENTITLEMENT ({entitlementId})";

    private static long Weight(IMessage message) => message.CalculateSize() + OverheadBytes;
}
