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
        _userTypes = [.. from.ResourceTypes().Concat(to.ResourceTypes()).Where(type => type.Traits.Contains(ResourceType.Types.Trait.User)).Select(type => type.Id)];
    }

    public SyncReader From { get; }

    public SyncReader To { get; }

    public SyncDirectory FromDirectory { get; }

    public SyncDirectory ToDirectory { get; }

    public bool IsAccount(string typeId) => _userTypes.Contains(typeId);

    /// <summary>As the later sync knows it; else as the earlier did.</summary>
    public Party PartyOf((string TypeId, string Id) id)
    {
        if (_parties.Find(id) is { } known)
        {
            return known;
        }

        var resource = ToDirectory.Resource(id);
        var party = PartyOf(SyncDirectory.IsMissing(resource) ? FromDirectory.Resource(id) : resource);
        _parties.Add(id, party, PartyOverheadBytes + (2 * (party.Id.Length + party.Name.Length + party.Email.Length)));
        return party;
    }

    public static Party PartyOf(Resource resource)
        => new(resource.Id?.ResourceType ?? "", resource.Id?.Resource ?? "", Facts.Name(resource), AccountFacts.Of(resource, default).Email);
}
