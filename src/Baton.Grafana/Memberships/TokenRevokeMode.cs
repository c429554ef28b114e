namespace Baton.Grafana.Memberships;

/// <summary>
/// What revoking a role does in a token's organization (<c>--token-revoke-mode</c>). Grafana deletes an account that is removed from its
/// last organization, which in a Grafana Cloud stack is always.
/// </summary>
internal enum TokenRevokeMode
{
    /// <summary><c>remove</c>: as Grafana does it, and the platform is told when the account is gone.</summary>
    Remove,

    /// <summary><c>none</c>: the member stays, without a basic role (Grafana 10.2 and later), and keeps account and teams.</summary>
    None,
}
