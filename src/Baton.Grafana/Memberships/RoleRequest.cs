using System.Globalization;
using Baton.Grafana.Organizations;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Memberships;

/// <summary>Which role of which organization a request is about, from an entitlement that any version of any connector may have written.</summary>
internal sealed record RoleRequest(long OrganizationId, OrganizationRole Role)
{
    /// <exception cref="ConnectorException"><c>InvalidArgument</c>: it names no organization, or no role of one.</exception>
    public static RoleRequest Of(Entitlement? entitlement)
    {
        if (entitlement?.Resource?.Id is not { } resource)
        {
            throw Wrong("the entitlement names no organization");
        }

        var organization = ParseOrganization(resource.ResourceType == OrganizationSyncer.TypeId ? resource.Resource : $"{resource.ResourceType}/{resource.Resource}");

        // The id says it, always in the same form; a slug need not be there, and must not say anything else.
        var prefix = Ids.Entitlement(resource, "");
        if (!entitlement.Id.StartsWith(prefix, StringComparison.Ordinal))
        {
            throw Wrong($"invalid entitlement ID format {entitlement.Id}: it must be {prefix} and a role");
        }

        var name = entitlement.Id[prefix.Length..];
        if (entitlement.Slug.Length > 0 && entitlement.Slug != name)
        {
            throw Wrong($"the entitlement {entitlement.Id} has the slug {entitlement.Slug}, which says another role");
        }

        return OrganizationRole.Find(name) is { } role
            ? new(organization, role)
            : throw Wrong($"invalid role {name}: Grafana has {string.Join(", ", OrganizationRole.All.Select(known => known.Name))}");
    }

    /// <exception cref="ConnectorException"><c>InvalidArgument</c>: the id is none of Grafana's.</exception>
    public static long ParseOrganization(string text)
        => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw Wrong($"invalid organization ID {text}: it must be a number");

    private static ConnectorException Wrong(string what) => new(StatusCode.InvalidArgument, $"{Prefix.Connector}{what}");
}
