using Baton.Cli.Reading;
using Baton.CommandLine;
using Baton.Protocol.Cli.V1;

namespace Baton.Cli.Commands;

internal static class EntitlementsCommand
{
    public static CommandDefinition Define(ProgramHost host) => new ListCommand<EntitlementOutput>
    {
        Name = "entitlements",
        Summary = "List the entitlements: what can be granted",
        JsonName = "entitlements",
        Filters = [FilterFlags.OnResourceType, FilterFlags.OnResource],
        Rows = (rows, filter) => rows.Entitlements(filter),
        Columns =
        [
            new("ID", row => row.Entitlement.Id),
            new("Resource", row => Facts.Name(row.Resource)),
            new("Slug", row => row.Entitlement.Slug),
            new("Display name", row => row.Entitlement.DisplayName),
            new("Purpose", row => Facts.Purpose(row.Entitlement)),
        ],
    }.Define(host);
}
