namespace Baton.Testing.Grafana.Api;

/// <summary>The authority that a route asks for in the releases before actions and scopes.</summary>
internal enum AccessLevel
{
    Public,
    SignedIn,

    /// <summary>An Admin of the organization, or an Editor where editors may administrate what they own.</summary>
    Teams,
    OrgAdmin,
    ServerAdmin,
}
