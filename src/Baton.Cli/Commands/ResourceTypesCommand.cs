using Baton.CommandLine;
using Baton.Evidence.Lists;
using Baton.Protocol.Cli.V1;

namespace Baton.Cli.Commands;

internal static class ResourceTypesCommand
{
    public static CommandDefinition Define(ProgramHost host) => new ListCommand<ResourceTypeOutput>
    {
        Name = "resource-types",
        Summary = "List the types of resources",
        Rows = (rows, _) => rows.ResourceTypes(),
        Kind = _ => ResourceTypeRows.Kind,
    }.Define(host);
}
