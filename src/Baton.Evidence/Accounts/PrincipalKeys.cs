using Baton.Evidence.Reading;
using Baton.Protocol.Cli.V1;
using Baton.Protocol.Connector.V2;

namespace Baton.Evidence.Accounts;

/// <summary>The keys of a set of principals, to ask whether it has a given one.</summary>
public sealed class PrincipalKeys(PrincipalMatch match)
{
    private readonly HashSet<string> _keys = new(StringComparer.OrdinalIgnoreCase);

    public void Add(ResourceOutput principal) => _keys.UnionWith(KeysOf(principal));

    public bool Contains(ResourceOutput principal) => KeysOf(principal).Any(_keys.Contains);

    private IEnumerable<string> KeysOf(ResourceOutput principal)
    {
        var resource = principal.Resource;
        if (match == PrincipalMatch.ById)
        {
            return [Facts.Reference(resource.Id)];
        }

        var trait = Facts.Trait<UserTrait>(resource);
        var emails = trait?.Emails.Select(email => email.Address).Where(address => address.Length > 0).ToList() ?? [];
        if (emails.Count > 0)
        {
            return emails.Select(address => $"mail {address}");
        }

        var login = AccountFacts.Of(resource, default).Login;
        return [login.Length > 0 ? $"login {login}" : $"name {resource.Id?.ResourceType} {Facts.Name(resource)}"];
    }
}

/// <summary>By what two listings recognise the same principal.</summary>
public enum PrincipalMatch
{
    /// <summary>Within one file, an id names one principal.</summary>
    ById,

    /// <summary>
    /// In files of different systems user 2 may be anybody: an account is its e-mail addresses, else its login, and what is not an account
    /// is its type and name.
    /// </summary>
    ByIdentity,
}
