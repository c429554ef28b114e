using System.Globalization;
using Baton.Grafana.Teams;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Grafana.Roles;

/// <summary>Roles as grants. None can be revoked here: what a role of a team gives, the people of the team have through it.</summary>
internal static class RoleGrants
{
    /// <summary>A role that a team holds, and through it those who are members of the team itself.</summary>
    public static Grant OfTeam(string role, ResourceId team)
    {
        var grant = Make(role, team);
        grant.Annotations.Insert(0, Annotations.Of(new GrantExpandable { EntitlementIds = { Ids.Entitlement(team, TeamRight.Member.Slug) }, Shallow = true }));
        return grant;
    }

    /// <param name="role">The role's name.</param>
    /// <param name="account">A person or a service account.</param>
    /// <param name="organizations">Where it is held, ascending. A person can hold a role in several organizations, and has one grant.</param>
    public static Grant OfAccount(string role, ResourceId account, IEnumerable<long> organizations)
    {
        var grant = Make(role, account);
        var ids = Value.ForList([.. organizations.Select(id => Value.ForString(id.ToString(CultureInfo.InvariantCulture)))]);
        grant.Annotations.Add(Annotations.Of(new GrantMetadata { Metadata = new Struct { Fields = { ["org_ids"] = ids } } }));
        return grant;
    }

    private static Grant Make(string role, ResourceId principal)
    {
        var resource = new Resource { Id = Ids.Resource(RoleSyncer.TypeId, role) };
        var entitlement = new Entitlement { Id = Ids.Entitlement(resource.Id, RoleSyncer.Assigned), Resource = resource };
        return new Grant
        {
            Id = Ids.Grant(entitlement.Id, principal),
            Entitlement = entitlement,
            Principal = new Resource { Id = principal },
            Annotations = { Annotations.Of(new GrantImmutable()) },
        };
    }
}
