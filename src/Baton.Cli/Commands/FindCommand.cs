using Baton.CommandLine;
using Baton.Evidence.Lists;
using Baton.Protocol.Cli.V1;

namespace Baton.Cli.Commands;

internal static class FindCommand
{
    public static CommandDefinition Define(ProgramHost host) => new ListCommand<ResourceOutput>
    {
        Name = "find",
        Summary = "Find accounts, groups and other resources by a part of their name, id, login or e-mail address",
        Arguments = new PositionalArguments(1, 1, "TEXT"),
        Filters = [FilterFlags.ResourceType],
        Rows = (rows, filter) => rows.Resources(filter),
        Kind = rows => ResourceRows.Kind(rows.Synced),
    }.Define(host);
}
