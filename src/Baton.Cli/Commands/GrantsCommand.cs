using Baton.Cli.Reading;
using Baton.CommandLine;
using Baton.Protocol.Cli.V1;

namespace Baton.Cli.Commands;

internal static class GrantsCommand
{
    public static CommandDefinition Define(ProgramHost host) => new ListCommand<GrantOutput>
    {
        Name = "grants",
        Summary = "List the grants: who has which entitlement on which resource",
        JsonName = "grants",
        Filters =
        [
            FilterFlags.OnResourceType, FilterFlags.OnResource, FilterFlags.OfEntitlement, FilterFlags.ToPrincipalType, FilterFlags.ToPrincipal,
        ],
        Rows = (rows, filter) => rows.Grants(filter),
        Columns =
        [
            new("Principal type", row => row.Principal?.Id?.ResourceType ?? ""),
            new("Principal ID", row => row.Principal?.Id?.Resource ?? ""),
            new("Principal", row => row.Principal?.DisplayName ?? ""),
            new("Entitlement", row => row.Grant.Entitlement?.Id ?? ""),
            new("Resource", row => Facts.Name(row.Resource)),
            new("Expanded from", row => Facts.ExpandedFrom(row.Grant)),
        ],
    }.Define(host);
}
