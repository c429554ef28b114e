using Baton.C1z.Reading;
using Baton.Protocol.Connector.V2;

namespace Baton.Evidence.Reading;

/// <summary>Finds who is meant by a text: an id, or what people know somebody by.</summary>
public static class PrincipalSearch
{
    private const int NamedCandidates = 10;

    /// <summary><c>type:id</c> is taken as it is, also where the sync lists nobody of that id; else a login, e-mail address or name, in any case of letters.</summary>
    /// <exception cref="EvidenceException">Nobody is known by the text, or more than one.</exception>
    public static (string TypeId, string Id) Find(SyncReader reader, string text)
    {
        if (text.Split(':', 2) is [{ Length: > 0 } type, { Length: > 0 } id])
        {
            return (type, id);
        }

        var found = reader.Resources().Where(resource => IsKnownBy(resource, text)).Take(NamedCandidates + 1).ToList();
        return found switch
        {
            [{ Id: { } one }] => (one.ResourceType, one.Resource),
            [] => throw new EvidenceException($"nobody in this sync has the login, e-mail address or name \"{text}\"; \"baton find\" searches in parts of them", EvidenceError.Mistake),
            _ => throw new EvidenceException(
                $"\"{text}\" is more than one: {string.Join(", ", found.Take(NamedCandidates).Select(one => Facts.Reference(one.Id)))}"
                + $"{(found.Count > NamedCandidates ? ", …" : "")}; name one of them as type:id",
                EvidenceError.Mistake),
        };
    }

    /// <summary>What somebody may be searched by.</summary>
    public static IEnumerable<string> Texts(Resource? resource)
    {
        if (resource is null)
        {
            yield break;
        }

        yield return resource.DisplayName;
        yield return Facts.Reference(resource.Id);
        if (Facts.Trait<UserTrait>(resource) is { } trait)
        {
            yield return trait.Login;
            foreach (var email in trait.Emails)
            {
                yield return email.Address;
            }
        }

        yield return Facts.ProfileText(resource, "login");
    }

    private static bool IsKnownBy(Resource resource, string text)
        => resource.Id is not null && Texts(resource).Any(known => known.Equals(text, StringComparison.OrdinalIgnoreCase));
}
