using Baton.CommandLine;
using Baton.Evidence.Lists;
using Baton.Protocol.Cli.V1;

namespace Baton.Cli.Commands;

internal static class ResourcesCommand
{
    public static CommandDefinition Define(ProgramHost host) => new ListCommand<ResourceOutput>
    {
        Name = "resources",
        Summary = "List the resources: users, groups, and whatever access is granted to",
        Filters = [FilterFlags.ResourceType, FilterFlags.Since],
        Rows = (rows, filter) => rows.Resources(filter),
        Kind = rows => ResourceRows.Kind(rows.Synced),
    }.Define(host);
}
