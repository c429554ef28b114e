using Baton.CommandLine;
using Baton.Cli.Reading;
using Baton.Protocol.Cli.V1;

namespace Baton.Cli.Commands;

internal static class PrincipalsCommand
{
    public static CommandDefinition Define(ProgramHost host) => new ListCommand<ResourceOutput>
    {
        Name = "principals",
        Summary = "List who holds grants, each principal once",

        // Upstream's name: both commands print the same message.
        JsonName = "resources",
        Filters =
        [
            FilterFlags.OnResourceType, FilterFlags.OnResource, FilterFlags.OfEntitlement, FilterFlags.OfRole, FilterFlags.ToPrincipalType, FilterFlags.Since,
        ],
        Commands = [PrincipalsCompareCommand.Define(host)],
        Rows = (rows, filter) => rows.Principals(filter),
        Texts = row => PrincipalSearch.Texts(row.Resource),
        Columns = rows => ResourcesCommand.Columns(rows.Synced),
    }.Define(host);
}
