using Baton.Cli.Output;
using Baton.Cli.Reading;
using Baton.CommandLine;
using Baton.Protocol.Cli.V1;

namespace Baton.Cli.Commands;

internal static class ResourcesCommand
{
    public static CommandDefinition Define(ProgramHost host) => new ListCommand<ResourceOutput>
    {
        Name = "resources",
        Summary = "List the resources: users, groups, and whatever access is granted to",
        JsonName = "resources",
        Filters = [FilterFlags.ResourceType, FilterFlags.Since],
        Rows = (rows, filter) => rows.Resources(filter),
        Texts = row => PrincipalSearch.Texts(row.Resource),
        Columns = rows => Columns(rows.Synced),
    }.Define(host);

    /// <summary>What a table shows of a resource, here and among the principals.</summary>
    public static IReadOnlyList<Column<ResourceOutput>> Columns(DateTimeOffset synced)
    {
        var account = new RecentAccount(synced);
        return
        [
            new("Type", row => row.Resource.Id?.ResourceType ?? ""),
            new("ID", row => row.Resource.Id?.Resource ?? ""),
            new("Display name", row => row.Resource.DisplayName),
            new("Status", row => account.Of(row.Resource).Status) { Tones = Tones.OfStatus },
            new("Parent", row => Facts.Name(row.Parent)),
            new("Email", row => account.Of(row.Resource).Email),
            new("Login", row => account.Of(row.Resource).Login) { IsDetail = true },
            new("Account type", row => account.Of(row.Resource).Type) { IsDetail = true },
            new("Last seen", row => account.Of(row.Resource).LastSeen) { IsDetail = true },
            new("Created", row => account.Of(row.Resource).Created) { IsDetail = true },
            new("Parent ID", row => Facts.Reference(row.Resource.ParentResourceId)) { IsDetail = true },
            new("Description", row => row.Resource.Description) { IsDetail = true },
        ];
    }
}
