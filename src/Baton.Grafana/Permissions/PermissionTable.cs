using Baton.Grafana.Api;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Grafana.Permissions;

/// <summary>
/// Every Grafana permission that the connector uses, and for what: the one place that <c>capabilities</c>, the checks before a listing,
/// <c>doctor</c> and the documentation take it from. A feature that needs another permission adds a row.
/// </summary>
internal static class PermissionTable
{
    private static readonly GrafanaVersion ServiceAccounts = new(9, 0);

    /// <summary>In the order in which the platform shows them.</summary>
    public static IReadOnlyList<PermissionRow> Rows { get; } =
    [
        // Of a token, within its organization
        new("org.users:read", ["users"], "accounts, and who has which role in the organization") { Of = CredentialKinds.Token, Types = ["org", "user"], IsRequired = true },
        new("org.users:write", ["users"], "changing somebody's role") { Of = CredentialKinds.Token, Types = ["org"], Use = PermissionUse.Change },
        new("org.users:add", ["users"], "inviting people, adding accounts to the organization, and reading pending invitations")
        {
            Of = CredentialKinds.Token, Types = ["user", "invitation"], Use = PermissionUse.Change, AlsoLists = ["invitation"], IsRequired = true,
        },
        new("org.users:remove", ["users"], "taking accounts out of the organization") { Of = CredentialKinds.Token, Types = ["org", "user"], Use = PermissionUse.Change },

        // Of a server administrator, on the whole server
        new("users:read", ["global.users", "users"], "all accounts of the server") { Of = CredentialKinds.Server, Types = ["user", "instance"] },
        new("users:create", [], "creating accounts") { Of = CredentialKinds.Server, Types = ["user"], Use = PermissionUse.Change },
        new("users:delete", ["global.users"], "deleting accounts") { Of = CredentialKinds.Server, Types = ["user"], Use = PermissionUse.Change },
        new("users:disable", ["global.users"], "disabling accounts") { Of = CredentialKinds.Server, Types = ["user"], Use = PermissionUse.Change },
        new("users:enable", ["global.users"], "enabling accounts") { Of = CredentialKinds.Server, Types = ["user"], Use = PermissionUse.Change },
        new("users:logout", ["global.users"], "ending the sessions of disabled accounts") { Of = CredentialKinds.Server, Types = ["user"], Use = PermissionUse.Change },
        new("users.permissions:write", ["global.users"], "making accounts server administrators, and taking that from them")
        {
            Of = CredentialKinds.Server, Types = ["instance"], Use = PermissionUse.Change,
        },

        // Of either, in the organization that it is in
        new("teams:read", ["teams"], "teams") { Types = ["team"], IsRequired = true },
        new("teams.permissions:read", ["teams"], "who is in which team") { Types = ["team"], IsRequired = true },
        new("teams.permissions:write", ["teams"], "putting accounts into teams, and taking them out") { Types = ["team"], Use = PermissionUse.Change },
        new("teams.roles:read", ["teams"], "which roles a team has") { Types = ["team"], IsLicensed = true },
        new("roles:read", ["roles"], "roles of access control") { Types = ["role"], IsRequired = true, IsLicensed = true },
        new("users.roles:read", ["users"], "which roles an account has") { Types = ["role"], IsLicensed = true, IsOfAllRoles = true },
        new("serviceaccounts:read", ["serviceaccounts"], "service accounts and their tokens")
        {
            Types = ["service_account", "service_account_token"], IsRequired = true, Since = ServiceAccounts,
        },
        new("serviceaccounts:write", ["serviceaccounts"], "making and deleting tokens of service accounts")
        {
            Types = ["service_account_token"], Use = PermissionUse.Change, Since = ServiceAccounts,
        },
    ];

    /// <summary>
    /// Those that somebody who sets up a credential has to know for a resource type: those of a token, and of a server administrator where
    /// a token cannot have the type at all.
    /// </summary>
    public static IReadOnlyList<string> NamesFor(string type, RoleScope? scope = null)
    {
        var rows = Rows.Where(row => row.Types.Contains(type, StringComparer.Ordinal) && (!row.IsOfAllRoles || scope?.IncludesAccounts != false)).ToList();
        var ofTokens = rows.FindAll(row => row.Of.HasFlag(CredentialKinds.Token));
        return [.. (ofTokens.Count > 0 ? ofTokens : rows).Select(row => row.Action)];
    }

    /// <summary>The same as the capabilities document lists them.</summary>
    public static Any AnnotationFor(string type, RoleScope? scope = null) => Annotations.Of(new CapabilityPermissions
    {
        Permissions = { NamesFor(type, scope).Select(name => new CapabilityPermission { Permission = name }) },
    });

    /// <summary>What must hold before the listings of a resource type are trusted.</summary>
    public static IReadOnlyList<NeededAction> ListingsOf(string type, CredentialKinds credential)
        => [.. Rows.Where(row => row.Lists(type) && row.Of.HasFlag(credential)).Select(row => row.Needed)];

    /// <summary>One action, for a listing that cannot do without it.</summary>
    /// <param name="action">Of one of the rows.</param>
    public static NeededAction Required(string action) => Rows.Single(row => row.Action == action).Needed with { Required = true };
}

/// <summary>One permission.</summary>
/// <param name="Action">As Grafana 9 and later name it.</param>
/// <param name="Kinds">What a scope for everything names, the usual one first: <c>users</c> of <c>users:*</c>. None: it has no scope.</param>
/// <param name="Feature">What it is for, in words that follow "for".</param>
internal sealed record PermissionRow(string Action, IReadOnlyList<string> Kinds, string Feature)
{
    /// <summary>The resource types that use it. One that is not synced needs none of it.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>The credentials that need it; either by default.</summary>
    public CredentialKinds Of { get; init; } = CredentialKinds.Either;

    public PermissionUse Use { get; init; } = PermissionUse.Listing;

    /// <summary>Those of its types that cannot be listed without it although it is there for changes.</summary>
    public IReadOnlyList<string> AlsoLists { get; init; } = [];

    /// <summary>A listing fails without it. Where it is too narrow, a listing fails in any case, since the rest would look deleted.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Of Enterprise and Cloud only.</summary>
    public bool IsLicensed { get; init; }

    /// <summary>Used in the role scope <c>all</c> alone, where holders of roles are listed who are no teams.</summary>
    public bool IsOfAllRoles { get; init; }

    /// <summary>The first version that has the feature; null for all.</summary>
    public GrafanaVersion? Since { get; init; }

    public NeededAction Needed => new(Action, Kinds, IsRequired);

    /// <summary>Whether a listing of a resource type needs it.</summary>
    public bool Lists(string type) => (Use == PermissionUse.Listing ? Types : AlsoLists).Contains(type, StringComparer.Ordinal);

    /// <summary>What to ask an administrator for.</summary>
    public string Wanted => Kinds.Count == 0 ? Action : $"{Action} with the scope {Kinds[0]}:*";
}

/// <summary>Whose permission it is.</summary>
[Flags]
internal enum CredentialKinds
{
    /// <summary>A service account's token, which reaches one organization.</summary>
    Token = 1,

    /// <summary>A server administrator's password.</summary>
    Server = 2,

    Either = Token | Server,
}

/// <summary>What a permission is used for.</summary>
internal enum PermissionUse
{
    /// <summary>Syncs.</summary>
    Listing,

    /// <summary>Provisioning.</summary>
    Change,
}
