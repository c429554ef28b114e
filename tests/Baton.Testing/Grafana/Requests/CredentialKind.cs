namespace Baton.Testing.Grafana.Requests;

/// <summary>What kind of credential a request carried; never the credential.</summary>
public enum CredentialKind
{
    None,
    Basic,
    ApiKey,
    ServiceAccountToken,
    Other,
}
