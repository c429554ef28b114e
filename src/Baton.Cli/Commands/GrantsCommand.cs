using Baton.Cli.Output;
using Baton.Cli.Reading;
using Baton.CommandLine;
using Baton.Protocol.Cli.V1;

namespace Baton.Cli.Commands;

internal static class GrantsCommand
{
    public static CommandDefinition Define(ProgramHost host) => new ListCommand<GrantOutput>
    {
        Name = "grants",
        Summary = "List the grants: who has which entitlement on which resource",
        JsonName = "grants",
        Filters =
        [
            FilterFlags.OnResourceType, FilterFlags.OnResource, FilterFlags.OfEntitlement, FilterFlags.OfRole,
            FilterFlags.ToPrincipalType, FilterFlags.ToPrincipal, FilterFlags.Since,
        ],
        Rows = (rows, filter) => rows.Grants(filter),
        Texts = Texts,
        Columns = Columns,
    }.Define(host);

    private static Column<GrantOutput>[] Columns(JoinedRows rows)
    {
        var principal = new RecentAccount(rows.Synced);
        return
        [
            new("Resource type", row => row.Resource?.Id?.ResourceType ?? ""),
            new("Resource", row => Facts.Name(row.Resource)),
            new("Resource ID", row => Facts.Reference(row.Resource?.Id)) { IsDetail = true },
            new("Entitlement", row => Facts.Role(row.Entitlement)) { Tones = Tones.OfRole },
            new("Entitlement ID", row => row.Grant.Entitlement?.Id ?? "") { IsDetail = true },
            new("Principal", row => row.Principal?.DisplayName ?? ""),
            new("Principal ID", row => Facts.Reference(row.Principal?.Id)),
            new("Login", row => principal.Of(row.Principal).Login) { IsDetail = true },
            new("Email", row => principal.Of(row.Principal).Email) { IsDetail = true },
            new("Status", row => principal.Of(row.Principal).Status) { Tones = Tones.OfStatus },
            new("Last seen", row => principal.Of(row.Principal).LastSeen) { IsDetail = true },
            new("How", row => Provenance.How(row.Grant, rows.Directory)),
            new("Immutable", row => Facts.IsImmutable(row.Grant) ? "yes" : "no") { IsDetail = true },
            new("ID", row => row.Grant.Id),
        ];
    }

    private static IEnumerable<string> Texts(GrantOutput row) =>
    [
        row.Grant.Id, row.Grant.Entitlement?.Id ?? "", row.Entitlement.Slug, row.Entitlement.DisplayName,
        Facts.Name(row.Resource), Facts.Reference(row.Resource?.Id), .. PrincipalSearch.Texts(row.Principal),
    ];
}
