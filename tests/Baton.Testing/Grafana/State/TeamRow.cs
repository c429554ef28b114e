namespace Baton.Testing.Grafana.State;

/// <summary>One team. Members are kept by account id, since 6.5 lets ids in that name no account.</summary>
internal sealed class TeamRow
{
    public const int Member = 0;
    public const int Administrator = 4;

    public required long Id { get; init; }

    public required string Uid { get; init; }

    public required long OrgId { get; init; }

    public required string Name { get; set; }

    public string Email { get; set; } = "";

    /// <summary>Made by SCIM: its members cannot be changed through the team routes.</summary>
    public bool IsProvisioned { get; init; }

    /// <summary>What the provisioning side calls it.</summary>
    public string ExternalUid { get; init; } = "";

    /// <summary>Account id to permission, <see cref="Member"/> or <see cref="Administrator"/>.</summary>
    public Dictionary<long, int> Members { get; } = [];

    /// <summary>Accounts that team synchronization put here.</summary>
    public HashSet<long> SyncedMembers { get; } = [];
}
