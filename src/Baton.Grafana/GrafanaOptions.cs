using Baton.Grafana.Accounts;
using Baton.Grafana.Memberships;
using Baton.Grafana.Permissions;

namespace Baton.Grafana;

/// <summary>Where Grafana is and who we are to it. Built once, from the resolved configuration, and immutable from there on.</summary>
internal sealed record GrafanaOptions
{
    public required string Hostname { get; init; }

    /// <summary>With <see cref="Password"/>, a server administrator: all organizations. Null with a token.</summary>
    public string? Username { get; init; }

    public string? Password { get; init; }

    /// <summary>A service-account token: its organization. Null with a username.</summary>
    public string? Token { get; init; }

    /// <summary>The password or token as it is now; null when it stays what it is above.</summary>
    public Func<string>? CurrentSecret { get; init; }

    public string? CertificateAuthorityPath { get; init; }

    public bool SkipCertificateChecks { get; init; }

    /// <summary>Members that the token cannot see end the sync instead of being warned of.</summary>
    public bool FailOnHiddenUsers { get; init; }

    /// <summary>
    /// Whether organizations that the credential cannot look into end the sync instead of being warned of; null when nobody said: those do of
    /// which an earlier sync had something.
    /// </summary>
    public bool? FailOnUnreachableOrganizations { get; init; }

    public RoleScope RoleScope { get; init; } = RoleScope.IrmOnCall;

    public AccountPolicy Accounts { get; init; } = new();

    public TokenRevokeMode TokenRevokeMode { get; init; } = TokenRevokeMode.Remove;

    /// <summary>Tokens of service accounts are listed, and can be issued and deleted.</summary>
    public bool SyncServiceAccountTokens { get; init; }
}
