using Baton.CommandLine;
using Baton.Evidence.Lists;
using Baton.Protocol.Cli.V1;

namespace Baton.Cli.Commands;

internal static class EntitlementsCommand
{
    public static CommandDefinition Define(ProgramHost host) => new ListCommand<EntitlementOutput>
    {
        Name = "entitlements",
        Summary = "List the entitlements: what can be granted",
        Filters = [FilterFlags.OnResourceType, FilterFlags.OnResource, FilterFlags.OfRole, FilterFlags.Since],
        Rows = (rows, filter) => rows.Entitlements(filter),
        Kind = EntitlementRows.Kind,
    }.Define(host);
}
