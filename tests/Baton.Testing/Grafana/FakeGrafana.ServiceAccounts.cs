using Baton.Testing.Grafana.State;

namespace Baton.Testing.Grafana;

/// <content>Service accounts and their tokens, as they stand.</content>
public sealed partial class FakeGrafana
{
    /// <summary>The tokens of a service account, the oldest first.</summary>
    public IReadOnlyList<(long Id, string Name, DateTimeOffset? Expires)> Tokens(long serviceAccountId)
        => Do(() => ServiceAccount(serviceAccountId).Tokens.ConvertAll(token => (token.Id, token.Name, token.Expires)));

    /// <summary>The keys of a service account's tokens, the oldest first.</summary>
    public IReadOnlyList<string> TokenKeys(long serviceAccountId) => Do(() => ServiceAccount(serviceAccountId).Tokens.ConvertAll(token => token.Key));

    public void RemoveToken(long serviceAccountId, long tokenId) => Do(() =>
        _state.Credentials.Remove(ServiceAccount(serviceAccountId).Tokens.Find(token => token.Id == tokenId) ?? throw Missing("token", tokenId)));

    /// <summary>As when something signed in with it.</summary>
    public void SetTokenUsed(long serviceAccountId, long tokenId, DateTimeOffset at) => Do(() =>
        (ServiceAccount(serviceAccountId).Tokens.Find(token => token.Id == tokenId) ?? throw Missing("token", tokenId)).LastUsed = at);

    public void SetServiceAccountDisabled(long id, bool isDisabled) => Do(() => ServiceAccount(id).IsDisabled = isDisabled);

    public void RemoveServiceAccount(long id) => Do(() => _state.Credentials.Remove(ServiceAccount(id)));

    private ServiceAccountRow ServiceAccount(long id) => _state.Credentials.ServiceAccounts.GetValueOrDefault(id) ?? throw Missing("service account", id);
}
