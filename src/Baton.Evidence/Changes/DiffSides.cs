using Baton.C1z.Reading;
using Baton.Evidence.Accounts;
using Baton.Evidence.Reading;
using Baton.Protocol.Connector.V2;

namespace Baton.Evidence.Changes;

/// <summary>The two syncs that are compared, and what the rows of either refer to.</summary>
public sealed class DiffSides
{
    private const long PartyGenerationBytes = 8 << 20;
    private const long PartyOverheadBytes = 200;

    private readonly HashSet<string> _userTypes;
    private readonly BoundedCache<(string TypeId, string Id), Party> _parties = new(PartyGenerationBytes);

    public DiffSides(SyncReader from, SyncReader to)
    {
        From = from;
        To = to;
        FromDirectory = new SyncDirectory(from);
        ToDirectory = new SyncDirectory(to);
        FromNames = new ResourceNames(from, FromDirectory);
        ToNames = new ResourceNames(to, ToDirectory);
        _userTypes = [.. from.ResourceTypes().Concat(to.ResourceTypes()).Where(type => type.Traits.Contains(ResourceType.Types.Trait.User)).Select(type => type.Id)];
    }

    public SyncReader From { get; }

    public SyncReader To { get; }

    public SyncDirectory FromDirectory { get; }

    public SyncDirectory ToDirectory { get; }

    public ResourceNames FromNames { get; }

    public ResourceNames ToNames { get; }

    public bool IsAccount(string typeId) => _userTypes.Contains(typeId);

    /// <summary>As the later sync knows it; else as the earlier did.</summary>
    public Party PartyOf((string TypeId, string Id) id)
    {
        if (_parties.Find(id) is { } known)
        {
            return known;
        }

        var resource = ToDirectory.Resource(id);
        var party = SyncDirectory.IsMissing(resource) ? PartyOf(FromDirectory.Resource(id), FromNames) : PartyOf(resource, ToNames);
        _parties.Add(id, party, PartyOverheadBytes + (2 * (party.Id.Length + party.Name.Length + party.Email.Length)));
        return party;
    }

    /// <param name="names">Of the sync that the resource is in.</param>
    public Party PartyOf(Resource resource, ResourceNames names)
    {
        var party = new Party(resource.Id?.ResourceType ?? "", resource.Id?.Resource ?? "", Facts.Name(resource), AccountFacts.Of(resource, default).Email);
        return IsAccount(party.Type) ? party : party with { Label = names.Of(resource) };
    }
}
