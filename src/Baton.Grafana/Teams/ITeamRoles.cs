using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.Teams;

/// <summary>
/// The RBAC roles that a team holds, as grants. They are listed with the team and not with the role: whose roles Grafana tells is asked
/// by team, and upstream lists them there.
/// </summary>
internal interface ITeamRoles
{
    /// <summary>Grants whose principal is the team. Asked once a team, for many teams at once, when roles take part in the sync.</summary>
    /// <param name="team">A resource of the type <c>team</c>, with the profile that it was listed with.</param>
    /// <param name="sync">The sync that it is for.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ConnectorException">They cannot be read; none is left out in silence.</exception>
    Task<IReadOnlyList<Grant>> ListAsync(Resource team, ISyncContext sync, CancellationToken cancellationToken);
}
