using Baton.C1z.Reading;
using Baton.Protocol.Cli.V1;
using Baton.Protocol.Connector.V2;

namespace Baton.Evidence.Reading;

/// <summary>
/// The rows of a sync together with what they refer to, in the messages that the JSON output consists of. Read by the page: memory does
/// not grow with the sync.
/// </summary>
public sealed class JoinedRows
{
    private const int PageRows = 64;

    private readonly SyncReader _reader;

    public JoinedRows(SyncReader reader)
    {
        _reader = reader;
        Directory = new(reader);
        Names = new(reader, Directory);
    }

    /// <summary>What the rows refer to.</summary>
    public SyncDirectory Directory { get; }

    /// <summary>What it is called.</summary>
    public ResourceNames Names { get; }

    /// <summary>When the source was read.</summary>
    public DateTimeOffset Synced => _reader.Run.Time;

    public IEnumerable<ResourceTypeOutput> ResourceTypes()
        => _reader.ResourceTypes().Select(type => new ResourceTypeOutput { ResourceType = type });

    public IEnumerable<ResourceOutput> Resources(ListFilter filter)
    {
        foreach (var page in _reader.ResourcePages(filter))
        {
            Directory.LoadResources(page.Select(resource => resource.ParentResourceId).OfType<ResourceId>().Select(Key));
            foreach (var resource in page)
            {
                yield return Output(resource);
            }
        }
    }

    /// <summary>Who holds the grants of the filter, each once, in the order of their first grants.</summary>
    public IEnumerable<ResourceOutput> Principals(ListFilter filter)
    {
        foreach (var page in _reader.Principals(filter).Chunk(PageRows))
        {
            Directory.LoadResources(page);
            foreach (var principal in page)
            {
                yield return Output(Directory.Resource(principal));
            }
        }
    }

    public IEnumerable<EntitlementOutput> Entitlements(ListFilter filter)
    {
        foreach (var page in _reader.EntitlementPages(filter))
        {
            Directory.LoadResources(page.Select(entitlement => entitlement.Resource?.Id).OfType<ResourceId>().Select(Key));
            foreach (var entitlement in page)
            {
                yield return new EntitlementOutput
                {
                    Entitlement = entitlement,
                    Resource = Find(entitlement.Resource?.Id),
                    ResourceType = FindType(entitlement.Resource?.Id),
                };
            }
        }
    }

    public IEnumerable<GrantOutput> Grants(ListFilter filter)
    {
        foreach (var page in _reader.GrantPages(filter))
        {
            Directory.LoadEntitlements(page.Select(grant => grant.Entitlement?.Id ?? ""));
            Directory.LoadResources(page.SelectMany(grant => new[] { grant.Principal?.Id, ResourceIdOf(grant) }).OfType<ResourceId>().Select(Key));
            foreach (var grant in page)
            {
                var resourceId = ResourceIdOf(grant);
                yield return new GrantOutput
                {
                    Grant = grant,
                    Entitlement = Directory.Entitlement(grant.Entitlement?.Id ?? ""),
                    Resource = Find(resourceId),
                    ResourceType = FindType(resourceId),
                    Principal = Find(grant.Principal?.Id),
                };
            }
        }
    }

    /// <summary>One principal, or the placeholder for it.</summary>
    public Resource Principal((string TypeId, string Id) id) => Directory.Resource(id);

    private static (string TypeId, string Id) Key(ResourceId id) => (id.ResourceType, id.Resource);

    // A file from a stranger may leave out what is required: a reference that is not there joins nothing.
    private Resource? Find(ResourceId? id) => id is null ? null : Directory.Resource(Key(id));

    private ResourceType? FindType(ResourceId? id) => id is null ? null : Directory.ResourceType(id.ResourceType);

    // The stored entitlement knows best what it is on; a grant whose entitlement is not there still says it itself.
    private ResourceId? ResourceIdOf(Grant grant)
        => Directory.Entitlement(grant.Entitlement?.Id ?? "").Resource?.Id ?? grant.Entitlement?.Resource?.Id;

    private ResourceOutput Output(Resource resource) => new()
    {
        Resource = resource,
        ResourceType = FindType(resource.Id),
        Parent = Find(resource.ParentResourceId),
    };
}
