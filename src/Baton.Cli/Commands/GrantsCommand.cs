using Baton.CommandLine;
using Baton.Evidence.Lists;
using Baton.Protocol.Cli.V1;

namespace Baton.Cli.Commands;

internal static class GrantsCommand
{
    public static CommandDefinition Define(ProgramHost host) => new ListCommand<GrantOutput>
    {
        Name = "grants",
        Summary = "List the grants: who has which entitlement on which resource",
        Filters =
        [
            FilterFlags.OnResourceType, FilterFlags.OnResource, FilterFlags.OfEntitlement, FilterFlags.OfRole,
            FilterFlags.ToPrincipalType, FilterFlags.ToPrincipal, FilterFlags.Since,
        ],
        Rows = (rows, filter) => rows.Grants(filter),
        Kind = GrantRows.Kind,
    }.Define(host);
}
