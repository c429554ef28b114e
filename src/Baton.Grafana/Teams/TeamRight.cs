using Baton.Grafana.Api;

namespace Baton.Grafana.Teams;

/// <summary>What somebody can be in a team. The slugs are part of ids that the platform stores.</summary>
/// <param name="Permission">In Grafana's numbers.</param>
internal sealed record TeamRight(string Slug, int Permission, string DisplayName, string Description)
{
    public static readonly TeamRight Member = new("member", 0, "Team Member", "Member of a Grafana team");

    /// <summary>May change the team and its members; a member too.</summary>
    public static readonly TeamRight Admin = new("admin", GrafanaTeamMember.Administrator, "Team Admin", "Administrator of a Grafana team: may change the team and who is in it");

    /// <summary>In the order in which entitlements are listed.</summary>
    public static IReadOnlyList<TeamRight> All { get; } = [Member, Admin];

    public static TeamRight? Find(string slug) => All.FirstOrDefault(right => right.Slug == slug);
}
