using Baton.C1z.Reading;
using Baton.Evidence.Reading;

namespace Baton.Evidence.Exports;

/// <summary>Identities by id, some of them remembered: a fraction of the size of the messages that they are made of, and of the work.</summary>
internal sealed class IdentityDirectory(SyncReader reader)
{
    private const long GenerationBytes = 24 << 20;
    private const long OverheadBytes = 300;

    private readonly BoundedCache<(string TypeId, string Id), Identity> _known = new(GenerationBytes);

    /// <summary>Those of a page of rows, in its order: what is not remembered is read together, which costs less. Null for who is not in the sync.</summary>
    public Identity?[] Load(IReadOnlyList<GrantKeys> page)
    {
        var identities = new Identity?[page.Count];
        HashSet<(string TypeId, string Id)>? wanted = null;
        for (var i = 0; i < page.Count; i++)
        {
            if ((identities[i] = _known.Find(page[i].Principal)) is null)
            {
                (wanted ??= []).Add(page[i].Principal);
            }
        }

        if (wanted is null)
        {
            return identities;
        }

        var found = reader.FindResources(wanted).ToDictionary(entry => entry.Key, entry => Identity.Of(entry.Value, reader.Run.Time));
        for (var i = 0; i < page.Count; i++)
        {
            identities[i] ??= found.GetValueOrDefault(page[i].Principal);
        }

        foreach (var (id, identity) in found)
        {
            Remember(id, identity);
        }

        return identities;
    }

    /// <summary>Spares looking it up later, if that is not too much later.</summary>
    public void Remember((string TypeId, string Id) id, Identity identity) => _known.Add(id, identity, Weight(identity));

    private static long Weight(Identity identity)
        => OverheadBytes + (2 * (identity.Account.Name.Length + identity.Account.Login.Length + identity.Account.Email.Length + identity.LastName.Length + identity.FirstName.Length));
}
