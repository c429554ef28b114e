using Baton.C1z.Reading;
using Baton.Protocol.Connector.V2;

namespace Baton.Evidence.Reading;

/// <summary>
/// What resources are called where nothing beside the name says which of several it is. The names of a type are read when the first of
/// it is asked for. Belongs to one list.
/// </summary>
public sealed class ResourceNames(SyncReader reader, SyncDirectory directory)
{
    private const int DeepestNesting = 32;

    private readonly SharedNames _names = new();
    private readonly HashSet<string> _types = new(StringComparer.Ordinal);

    /// <summary>The name; with the organization, or else the id, where others of the type have the same.</summary>
    public string Of(Resource? resource)
    {
        var name = Facts.Name(resource);
        if (resource?.Id is not { } id || SyncDirectory.IsMissing(resource))
        {
            return name;
        }

        ReadNames(id.ResourceType);
        return !_names.IsShared(id.ResourceType, name) ? name
            : _names.IsToldByPlace(id.ResourceType, name, Facts.Reference(resource.ParentResourceId)) ? SharedNames.InPlace(name, Facts.Name(Outermost(resource)))
            : SharedNames.WithId(name, Facts.Reference(id));
    }

    /// <summary>What an entitlement is on, which is what people know: it is itself mostly just "member". Its id when the sync does not say.</summary>
    public string OfEntitlement(string id)
        => directory.Entitlement(id).Resource?.Id is { } on ? Of(directory.Resource((on.ResourceType, on.Resource))) : id;

    private void ReadNames(string type)
    {
        if (!_types.Add(type))
        {
            return;
        }

        foreach (var resource in reader.Resources(new ListFilter { ResourceTypeId = type }))
        {
            _names.Add(type, Facts.Name(resource), Facts.Reference(resource.ParentResourceId));
        }
    }

    // Files come from strangers: parents may form a circle.
    private Resource Outermost(Resource resource)
    {
        for (var steps = 0; steps < DeepestNesting && resource.ParentResourceId is { } parent; steps++)
        {
            resource = directory.Resource((parent.ResourceType, parent.Resource));
        }

        return resource;
    }
}
