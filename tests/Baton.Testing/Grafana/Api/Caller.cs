using Baton.Testing.Grafana.State;

namespace Baton.Testing.Grafana.Api;

/// <summary>Who asks, in which organization, and with which rights there.</summary>
internal sealed class Caller
{
    /// <summary>Nobody, where the instance admits no anonymous caller.</summary>
    public static Caller Nobody { get; } = new() { IsKnown = false };

    public bool IsKnown { get; init; } = true;

    public bool IsAnonymous { get; init; }

    public UserRow? User { get; init; }

    public TokenRow? Token { get; init; }

    /// <summary>0 when the caller does not belong to the organization that it asks about.</summary>
    public long OrgId { get; init; }

    /// <summary>Null without membership.</summary>
    public GrafanaRole? Role { get; init; }

    public bool IsServerAdmin => User?.IsServerAdmin == true;

    /// <summary>What a modern release lets the caller do.</summary>
    public PermissionSet Permissions { get; init; } = PermissionSet.Nothing;
}
