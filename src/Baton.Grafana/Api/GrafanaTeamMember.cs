namespace Baton.Grafana.Api;

/// <summary>A member of a team, from <c>/api/teams/{id}/members</c>.</summary>
internal sealed record GrafanaTeamMember
{
    /// <summary>The <see cref="Permission"/> of who administers the team; 0 is a plain member.</summary>
    public const int Administrator = 4;

    public required long UserId { get; init; }

    public string? Login { get; init; }

    /// <summary>Where team synchronization has the membership from; empty when somebody added it by hand.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Null when it is not told, which no Grafana does.</summary>
    public int? Permission { get; init; }

    public bool IsAdministrator => Permission == Administrator;

    public bool IsSynchronized => Labels is { Count: > 0 };
}
