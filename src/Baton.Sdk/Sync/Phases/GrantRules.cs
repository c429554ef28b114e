using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Sdk.Sync.Phases;

/// <summary>What happens to grants before they are stored.</summary>
internal static class GrantRules
{
    /// <summary>The grants that can be stored and, in a full sync, do not point outside it.</summary>
    public static List<Grant> Filter(SyncSession session, IReadOnlyList<Grant> grants)
    {
        var kept = new List<Grant>(grants.Count);
        foreach (var grant in grants)
        {
            if (grant is not { Id.Length: > 0, Entitlement.Resource.Id: not null, Principal.Id: not null })
            {
                session.Warn("the connector sent grants without an id, an entitlement or a principal; they were left out");
            }
            else if (!session.ChecksReferences)
            {
                kept.Add(grant);
            }
            else if (!session.IsPresent(grant.Entitlement.Resource.Id.ResourceType)
                || (!session.IsPresent(grant.Principal.Id.ResourceType) && !ExternalMatching.IsMatched(grant)))
            {
                session.Quality.GrantDropped();
            }
            else
            {
                kept.Add(NarrowExpansion(session, grant));
            }
        }

        return kept;
    }

    /// <summary>The page says that its grants bring the resources they are on; those of types in this sync are stored.</summary>
    public static void InsertResources(SyncSession session, InsertResourceGrants insert, List<Grant> grants)
    {
        var resources = new Dictionary<string, Resource>(StringComparer.Ordinal);
        grants.RemoveAll(grant => !ResourceRules.IsComplete(grant.Entitlement.Resource));
        for (var i = 0; i < grants.Count; i++)
        {
            grants[i] = grants[i].Clone();
            grants[i].Annotations.Add(Annotations.Of(insert));
            var resource = grants[i].Entitlement.Resource;
            if (session.StoredType(resource.Id.ResourceType) is not null)
            {
                resources[$"{resource.Id.ResourceType}:{resource.Id.Resource}"] = resource;
            }
            else
            {
                session.Quality.GrantResourceDropped();
            }
        }

        session.Writer.Put(resources.Values);
    }

    /// <summary>In a targeted sync, the resources that grants lead to are read too, as far as they exist.</summary>
    public static async Task FetchRelatedAsync(SyncSession session, List<Grant> grants, CancellationToken cancellationToken)
    {
        foreach (var id in grants.Select(grant => grant.Entitlement.Resource.Id).Distinct())
        {
            if (session.Reader.FindResource(id.ResourceType, id.Resource) is null
                && session.Syncer(id.ResourceType) is IResourceGetter getter
                && await FindAsync(getter, id, cancellationToken) is { } resource
                && ResourceRules.IsComplete(resource))
            {
                session.Writer.Put([resource]);
            }
        }
    }

    private static async Task<Resource?> FindAsync(IResourceGetter getter, ResourceId id, CancellationToken cancellationToken)
    {
        try
        {
            return await getter.GetResourceAsync(id, parent: null, cancellationToken);
        }
        catch (ConnectorException absence) when (absence.Code == StatusCode.NotFound)
        {
            return null;
        }
    }

    // An empty list of types means all of them, so an expansion that loses its last type is dropped instead. The connector's own grant
    // stays as it is: a page may be asked for again and be the same objects.
    private static Grant NarrowExpansion(SyncSession session, Grant original)
    {
        var grant = original;
        for (var i = grant.Annotations.Count - 1; i >= 0; i--)
        {
            if (!grant.Annotations[i].Is(GrantExpandable.Descriptor))
            {
                continue;
            }

            var expandable = grant.Annotations[i].Unpack<GrantExpandable>();
            var present = expandable.ResourceTypeIds.Where(session.IsPresent).ToList();
            for (var dropped = expandable.ResourceTypeIds.Count - present.Count; dropped > 0; dropped--)
            {
                session.Quality.ExpansionTypeDropped();
            }

            if (present.Count == expandable.ResourceTypeIds.Count)
            {
                continue;
            }

            grant = ReferenceEquals(grant, original) ? original.Clone() : grant;
            if (present.Count == 0)
            {
                session.Quality.ExpansionDropped();
                grant.Annotations.RemoveAt(i);
                continue;
            }

            expandable.ResourceTypeIds.Clear();
            expandable.ResourceTypeIds.Add(present);
            grant.Annotations[i] = Annotations.Of(expandable);
        }

        return grant;
    }
}
