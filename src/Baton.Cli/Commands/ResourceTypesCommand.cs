using Baton.Cli.Reading;
using Baton.CommandLine;
using Baton.Protocol.Cli.V1;

namespace Baton.Cli.Commands;

internal static class ResourceTypesCommand
{
    public static CommandDefinition Define(ProgramHost host) => new ListCommand<ResourceTypeOutput>
    {
        Name = "resource-types",
        Summary = "List the types of resources",
        JsonName = "resourceTypes",
        Rows = (rows, _) => rows.ResourceTypes(),
        Texts = row => [row.ResourceType.Id, row.ResourceType.DisplayName],
        Columns = _ =>
        [
            new("ID", row => row.ResourceType.Id),
            new("Display name", row => row.ResourceType.DisplayName),
            new("Traits", row => Facts.Traits(row.ResourceType)),
        ],
    }.Define(host);
}
