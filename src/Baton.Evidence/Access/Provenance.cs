using Baton.Evidence.Reading;
using Baton.Protocol.Connector.V2;

namespace Baton.Evidence.Access;

/// <summary>How somebody came by a grant: directly, or through membership in something else.</summary>
public static class Provenance
{
    /// <summary><c>direct</c>, <c>via SRE</c>, or both.</summary>
    public static string How(Grant? grant, SyncDirectory directory)
    {
        if (grant?.Sources is not { Sources.Count: > 0 } sources)
        {
            return "direct";
        }

        var own = grant.Entitlement?.Id ?? "";
        var names = sources.Sources.Keys.Where(id => id != own).Order(StringComparer.Ordinal).Select(id => Name(directory, id)).Distinct(StringComparer.Ordinal).ToList();
        var via = $"via {string.Join(", ", names)}";
        return names.Count == 0 ? "direct" : sources.Sources.ContainsKey(own) ? $"direct, {via}" : via;
    }

    // What people know is the team; its entitlement is mostly just "member".
    private static string Name(SyncDirectory directory, string entitlementId)
        => directory.Entitlement(entitlementId).Resource?.Id is { } id ? Facts.Name(directory.Resource((id.ResourceType, id.Resource))) : entitlementId;
}
