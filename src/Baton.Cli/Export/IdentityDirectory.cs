using Baton.C1z.Reading;
using Baton.Cli.Reading;

namespace Baton.Cli.Export;

/// <summary>Identities by id, some of them remembered: a fraction of the size of the messages that they are made of, and of the work.</summary>
internal sealed class IdentityDirectory(SyncReader reader)
{
    private const long GenerationBytes = 24 << 20;
    private const long OverheadBytes = 300;

    private readonly BoundedCache<(string TypeId, string Id), Identity> _known = new(GenerationBytes);

    /// <summary>Those of a page of rows, which cost less together. Who is not in the sync is not in the result.</summary>
    public Dictionary<(string TypeId, string Id), Identity> Load(IEnumerable<(string TypeId, string Id)> ids)
    {
        var found = new Dictionary<(string TypeId, string Id), Identity>();
        var wanted = new HashSet<(string TypeId, string Id)>();
        foreach (var id in ids)
        {
            if (found.ContainsKey(id) || wanted.Contains(id))
            {
                continue;
            }

            if (_known.Find(id) is { } identity)
            {
                found.Add(id, identity);
            }
            else
            {
                wanted.Add(id);
            }
        }

        foreach (var (id, resource) in reader.FindResources(wanted))
        {
            var identity = Identity.Of(resource, reader.Run.Time);
            found.Add(id, identity);
            Remember(id, identity);
        }

        return found;
    }

    /// <summary>Spares looking it up later, if that is not too much later.</summary>
    public void Remember((string TypeId, string Id) id, Identity identity) => _known.Add(id, identity, Weight(identity));

    private static long Weight(Identity identity)
        => OverheadBytes + (2 * (identity.Account.Name.Length + identity.Account.Login.Length + identity.Account.Email.Length + identity.LastName.Length + identity.FirstName.Length));
}
