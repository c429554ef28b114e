using Baton.Cli.Output;
using Baton.Cli.Reading;
using Baton.CommandLine;
using Baton.Protocol.Cli.V1;

namespace Baton.Cli.Commands;

internal static class ResourcesCommand
{
    /// <summary>What a table shows of a resource, here and among the principals.</summary>
    public static IReadOnlyList<Column<ResourceOutput>> Columns { get; } =
    [
        new("Type", row => row.Resource.Id?.ResourceType ?? ""),
        new("ID", row => row.Resource.Id?.Resource ?? ""),
        new("Display name", row => row.Resource.DisplayName),
        new("Status", row => Facts.Status(row.Resource)),
        new("Parent", row => Facts.Name(row.Parent)),
        new("Email", row => Facts.Email(row.Resource)),
    ];

    public static CommandDefinition Define(ProgramHost host) => new ListCommand<ResourceOutput>
    {
        Name = "resources",
        Summary = "List the resources: users, groups, and whatever access is granted to",
        JsonName = "resources",
        Filters = [FilterFlags.ResourceType],
        Rows = (rows, filter) => rows.Resources(filter),
        Columns = Columns,
    }.Define(host);
}
