using Baton.CommandLine;
using Baton.Evidence.Lists;
using Baton.Protocol.Cli.V1;

namespace Baton.Cli.Commands;

internal static class PrincipalsCommand
{
    public static CommandDefinition Define(ProgramHost host) => new ListCommand<ResourceOutput>
    {
        Name = "principals",
        Summary = "List who holds grants, each principal once",
        Filters =
        [
            FilterFlags.OnResourceType, FilterFlags.OnResource, FilterFlags.OfEntitlement, FilterFlags.OfRole, FilterFlags.ToPrincipalType, FilterFlags.Since,
        ],
        Commands = [PrincipalsCompareCommand.Define(host)],
        Rows = (rows, filter) => rows.Principals(filter),
        Kind = rows => ResourceRows.Kind(rows.Synced),
    }.Define(host);
}
