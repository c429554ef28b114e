using Baton.CommandLine;
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
        Filters = [FilterFlags.OnResourceType, FilterFlags.OnResource, FilterFlags.OfEntitlement, FilterFlags.ToPrincipalType],
        Rows = (rows, filter) => rows.Principals(filter),
        Columns = ResourcesCommand.Columns,
    }.Define(host);
}
