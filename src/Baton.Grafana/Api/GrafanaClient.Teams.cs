using System.Globalization;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.Api;

/// <content>The teams of the current organization.</content>
internal sealed partial class GrafanaClient
{
    /// <param name="page">From 1.</param>
    public Task<GrafanaTeamPage> SearchTeamsAsync(int page, CancellationToken cancellationToken)
        => ListAsync($"api/teams/search?perpage={LargestPage}&page={page}", GrafanaJson.Default.GrafanaTeamPage, page => page.Teams, cancellationToken);

    public Task<GrafanaTeam> GetTeamAsync(long id, CancellationToken cancellationToken)
        => GetAsync($"api/teams/{id}", id, GrafanaJson.Default.GrafanaTeam, cancellationToken);

    /// <summary>Every member of a team. An unknown team has none.</summary>
    public IAsyncEnumerable<GrafanaTeamMember> StreamTeamMembersAsync(long teamId, CancellationToken cancellationToken)
        => StreamAsync(TeamMembers(teamId), GrafanaJson.Default.GrafanaTeamMember, cancellationToken);

    public Task<WriteAnswer> AddTeamMemberAsync(Change change, long teamId, long userId, CancellationToken cancellationToken)
        => WriteAsync(change, HttpMethod.Post, TeamMembers(teamId), Number("userId", userId), cancellationToken);

    /// <param name="change">The change that it is part of.</param>
    /// <param name="teamId">The team.</param>
    /// <param name="userId">A member of it.</param>
    /// <param name="permission">0 or <see cref="GrafanaTeamMember.Administrator"/>.</param>
    /// <param name="cancellationToken">Ends it; the answer is then unknown.</param>
    public Task<WriteAnswer> SetTeamPermissionAsync(Change change, long teamId, long userId, int permission, CancellationToken cancellationToken)
        => WriteAsync(change, HttpMethod.Put, $"{TeamMembers(teamId)}/{userId}", Number("permission", permission), cancellationToken);

    public Task<WriteAnswer> RemoveTeamMemberAsync(Change change, long teamId, long userId, CancellationToken cancellationToken)
        => WriteAsync(change, HttpMethod.Delete, $"{TeamMembers(teamId)}/{userId}", null, cancellationToken);

    /// <summary>What makes an administrator of a member, for whoever announces it.</summary>
    public static ChangeRequest PromotionInTeam(long teamId, long userId)
        => new(HttpMethod.Put.Method, $"/{TeamMembers(teamId)}/{userId}", Number("permission", GrafanaTeamMember.Administrator));

    private static string TeamMembers(long teamId) => $"api/teams/{teamId}/members";

    private static string Number(string name, long value) => string.Create(CultureInfo.InvariantCulture, $$"""{"{{name}}":{{value}}}""");
}
