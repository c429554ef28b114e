using Baton.Grafana.Api;

namespace Baton.Grafana.Teams;

/// <summary>What an account is in a team, at one moment.</summary>
/// <param name="Team">Null when there is no such team.</param>
/// <param name="Member">Null when the account is not shown as a member.</param>
/// <param name="Shown">How many members are.</param>
internal sealed record TeamState(GrafanaTeam? Team, GrafanaTeamMember? Member, long Shown)
{
    public static readonly TeamState Gone = new(null, null, 0);

    /// <summary>The most that the account is there; null when it is no member.</summary>
    public TeamRight? Right => Member switch
    {
        null => null,
        { IsAdministrator: true } => TeamRight.Admin,
        _ => TeamRight.Member,
    };

    /// <summary>
    /// Grafana counts members that it does not show: what deleted accounts left behind, who is hidden from a token, who is out of a
    /// narrow scope. Who is not shown may be among them.
    /// </summary>
    public bool MayHide => Member is null && Team?.MemberCount > Shown;

    /// <summary>Where team synchronization has the membership from; null when it is nobody's but Grafana's.</summary>
    public string? Synchronization => Member is { IsSynchronized: true } ? string.Join(", ", Member.Labels!) : null;

    /// <summary>An administrator of a team is a member of it.</summary>
    public bool Holds(TeamRight right) => Member is not null && (right == TeamRight.Member || Member.IsAdministrator);
}
