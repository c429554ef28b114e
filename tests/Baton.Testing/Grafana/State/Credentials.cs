using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Baton.Testing.Grafana.State;

/// <summary>Service accounts and all bearer credentials. Keys follow from a counter, so that two runs agree.</summary>
internal sealed class Credentials
{
    private readonly Dictionary<string, TokenRow> _byKey = new(StringComparer.Ordinal);
    private long _lastId;

    public Dictionary<long, ServiceAccountRow> ServiceAccounts { get; } = [];

    public IEnumerable<TokenRow> ApiKeys => _byKey.Values.Where(token => token.ServiceAccount is null);

    public TokenRow? Find(string key) => _byKey.GetValueOrDefault(key);

    public TokenRow AddApiKey(long orgId, string name, GrafanaRole role, DateTimeOffset created, DateTimeOffset? expires)
    {
        var id = ++_lastId;
        var json = $$"""{"k":"{{Secret(id)}}","n":"{{name}}","id":{{orgId}}}""";
        return Add(new()
        {
            Id = id,
            OrgId = orgId,
            Name = name,
            Key = Convert.ToBase64String(Encoding.UTF8.GetBytes(json)),
            Role = role,
            Created = created,
            Expires = expires,
        });
    }

    public TokenRow AddToken(ServiceAccountRow account, string name, DateTimeOffset created, DateTimeOffset? expires)
    {
        var id = ++_lastId;
        var token = Add(new()
        {
            Id = id,
            OrgId = account.OrgId,
            Name = name,
            Key = string.Create(CultureInfo.InvariantCulture, $"glsa_{Secret(id)}_{id:x8}"),
            ServiceAccount = account,
            Created = created,
            Expires = expires,
        });
        account.Tokens.Add(token);
        return token;
    }

    public void Remove(TokenRow token)
    {
        _byKey.Remove(token.Key);
        token.ServiceAccount?.Tokens.Remove(token);
    }

    public void Remove(ServiceAccountRow account)
    {
        foreach (var token in account.Tokens)
        {
            _byKey.Remove(token.Key);
        }

        ServiceAccounts.Remove(account.Id);
    }

    public void RemoveOrg(long orgId)
    {
        foreach (var account in ServiceAccounts.Values.Where(account => account.OrgId == orgId).ToArray())
        {
            Remove(account);
        }

        foreach (var key in _byKey.Values.Where(key => key.OrgId == orgId).ToArray())
        {
            Remove(key);
        }
    }

    private static string Secret(long id)
    {
        var hash = SHA256.HashData(BitConverter.GetBytes(id));
        return Base64Url.EncodeToString(hash).Replace('-', 'x').Replace('_', 'y')[..32];
    }

    private TokenRow Add(TokenRow token)
    {
        _byKey.Add(token.Key, token);
        return token;
    }
}
