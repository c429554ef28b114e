namespace Podium.Tokens;

/// <summary>A credential with its secret, which is shown once and kept nowhere.</summary>
internal sealed record NewCredential(ClientCredential Credential, string ClientSecret)
{
    public override string ToString() => $"credential {Credential.ClientId}";
}
