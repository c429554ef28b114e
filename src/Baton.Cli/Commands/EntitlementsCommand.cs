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
        Filters = [FilterFlags.OnResourceType, FilterFlags.OnResource, FilterFlags.OfRole, FilterFlags.Since],
        Rows = (rows, filter) => rows.Entitlements(filter),
        Texts = row => [row.Entitlement.Id, row.Entitlement.DisplayName, row.Entitlement.Slug, Facts.Name(row.Resource), Facts.Reference(row.Resource?.Id)],
        Columns = _ =>
        [
            new("ID", row => row.Entitlement.Id),
            new("Resource", row => Facts.Name(row.Resource)),
            new("Resource ID", row => Facts.Reference(row.Resource?.Id)) { IsDetail = true },
            new("Slug", row => row.Entitlement.Slug),
            new("Display name", row => row.Entitlement.DisplayName),
            new("Purpose", row => Facts.Purpose(row.Entitlement)),
            new("Description", row => row.Entitlement.Description) { IsDetail = true },
        ],
    }.Define(host);
}
