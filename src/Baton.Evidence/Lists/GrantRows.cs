using Baton.Evidence.Access;
using Baton.Evidence.Accounts;
using Baton.Evidence.Reading;
using Baton.Evidence.Sheets;
using Baton.Protocol.Cli.V1;

namespace Baton.Evidence.Lists;

/// <summary>Who has which entitlement on which resource.</summary>
public static class GrantRows
{
    /// <summary>For one list: its columns remember the row that is being written.</summary>
    public static RowKind<GrantOutput> Kind(JoinedRows rows) => new("grants", Columns(rows), () => new MessageForm<GrantOutput>()) { Texts = Texts };

    private static Column<GrantOutput>[] Columns(JoinedRows rows)
    {
        var principal = new RecentAccount(rows.Synced);
        return
        [
            new("Resource type", row => row.Resource?.Id?.ResourceType ?? ""),
            new("Resource", row => rows.Names.Of(row.Resource)),
            new("Resource ID", row => Facts.Reference(row.Resource?.Id)) { IsDetail = true },
            new("Entitlement", row => Facts.Role(row.Entitlement)) { Tones = ListTones.OfRole },
            new("Entitlement ID", row => row.Grant.Entitlement?.Id ?? "") { IsDetail = true },
            new("Principal", row => row.Principal?.DisplayName ?? ""),
            new("Principal ID", row => Facts.Reference(row.Principal?.Id)),
            new("Login", row => principal.Of(row.Principal).Login) { IsDetail = true },
            new("Email", row => principal.Of(row.Principal).Email) { IsDetail = true },
            new("Status", row => principal.Of(row.Principal).Status) { Tones = ListTones.OfStatus },
            new("Last seen", row => principal.Of(row.Principal).LastSeen) { IsDetail = true },
            new("How", row => HowObtained.Of(row.Grant, rows.Names.OfEntitlement).Short),
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
