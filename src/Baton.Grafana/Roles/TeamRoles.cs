using System.Globalization;
using Baton.Grafana.Api;
using Baton.Grafana.Organizations;
using Baton.Grafana.Permissions;
using Baton.Grafana.Teams;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Baton.Grafana.Roles;

/// <summary>
/// The roles of each team. An organization's teams are asked about together, when the first of them comes. In the scope <c>all</c> the
/// roles list their holders themselves, teams included.
/// </summary>
internal sealed class TeamRoles(AccessControlReach access, RoleScope scope) : ITeamRoles
{
    private readonly RoleHolders _holders = new(scope);

    public async Task<IReadOnlyList<Grant>> ListAsync(Resource team, ISyncContext sync, CancellationToken cancellationToken)
    {
        if (scope.IncludesAccounts)
        {
            return [];
        }

        // An organization that is closed to us was warned of.
        var organization = OrganizationOf(team);
        if ((await access.ListAsync(sync, cancellationToken)).FirstOrDefault(view => view.Organization.Id == organization) is not { } view)
        {
            return [];
        }

        var held = await sync.OnceAsync($"grafana.roles.teams.{organization}", token => ReadAsync(view, sync, token), cancellationToken);

        // A team that has come since they were asked about is asked about by itself.
        var id = Number(team.Id.Resource);
        var roles = held.TryGetValue(id, out var known) ? known : await _holders.ReadAsync(view.Grafana, RoleHolderKind.Team, id, cancellationToken);
        return [.. roles.Select(role => RoleGrants.OfTeam(role, team.Id))];
    }

    private async Task<IReadOnlyDictionary<long, IReadOnlyList<string>>> ReadAsync(OrganizationView view, ISyncContext sync, CancellationToken cancellationToken)
    {
        var teams = await HolderIds.OfTeamsAsync(view.Grafana, sync.Parallelism, cancellationToken);
        return await _holders.ReadAsync(view.Grafana, RoleHolderKind.Team, teams, sync.Parallelism, cancellationToken);
    }

    // A text in the newest upstream files, a number in some before.
    private static long OrganizationOf(Resource team)
        => team.Profile?.Fields.TryGetValue("org_id", out var value) != true ? throw Wrong($"team {team.Id.Resource} does not tell its organization")
            : value!.KindCase == Value.KindOneofCase.NumberValue ? (long)value.NumberValue
            : Number(value.StringValue);

    private static long Number(string text)
        => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong($"invalid team or organization ID {text}");

    private static ConnectorException Wrong(string what) => new(StatusCode.InvalidArgument, $"{Prefix.Connector}{what}");
}
