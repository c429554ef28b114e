using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Teams;

/// <summary>What in which team a request is about, from an entitlement that any version of any connector may have written.</summary>
/// <param name="TeamId">Grafana's id, which no two teams of an instance share.</param>
/// <param name="OrganizationId">Where the team is; null when the platform does not remember.</param>
/// <param name="Right">Member or admin.</param>
internal sealed record TeamRequest(long TeamId, long? OrganizationId, TeamRight Right)
{
    /// <exception cref="ConnectorException"><c>InvalidArgument</c>: it names no team, or nothing that one can be there.</exception>
    public static TeamRequest Of(Entitlement? entitlement)
    {
        if (entitlement?.Resource?.Id is not { } resource)
        {
            throw Wrong("the entitlement names no team");
        }

        if (resource.ResourceType != TeamSyncer.TypeId || TeamResource.ParseId(resource) is not { } team)
        {
            throw Wrong($"invalid team ID {resource.Resource}: it must be a number");
        }

        // The id says it, always in the same form; a slug need not be there, and must not say anything else.
        var prefix = Ids.Entitlement(resource, "");
        if (!entitlement.Id.StartsWith(prefix, StringComparison.Ordinal))
        {
            throw Wrong($"invalid entitlement ID format {entitlement.Id}: it must be {prefix}member or {prefix}admin");
        }

        var slug = entitlement.Id[prefix.Length..];
        if (entitlement.Slug.Length > 0 && entitlement.Slug != slug)
        {
            throw Wrong($"the entitlement {entitlement.Id} has the slug {entitlement.Slug}, which says another");
        }

        return TeamRight.Find(slug) is { } right
            ? new(team, TeamResource.OrganizationOf(entitlement.Resource), right)
            : throw Wrong($"invalid entitlement {slug}: a team has {string.Join(" and ", TeamRight.All.Select(known => known.Slug))}");
    }

    private static ConnectorException Wrong(string what) => new(StatusCode.InvalidArgument, $"{Prefix.Connector}{what}");
}
