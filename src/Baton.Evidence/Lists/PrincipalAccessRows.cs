using Baton.Evidence.Access;
using Baton.Evidence.Accounts;
using Baton.Evidence.Reading;
using Baton.Evidence.Sheets;
using Baton.Protocol.Cli.V1;

namespace Baton.Evidence.Lists;

/// <summary>What one principal has.</summary>
public static class PrincipalAccessRows
{
    public static RowKind<GrantOutput> Kind(JoinedRows rows) => new("access", Columns(rows), () => new MessageForm<GrantOutput>())
    {
        Texts = row =>
        [
            Facts.Name(row.Resource), Facts.Reference(row.Resource?.Id), Facts.Role(row.Entitlement), row.Entitlement.DisplayName,
            row.Grant.Entitlement?.Id ?? "", row.Grant.Id,
        ],
    };

    /// <summary>By resource and then by how much the role may do.</summary>
    public static IEnumerable<GrantOutput> Order(IEnumerable<GrantOutput> grants)
        => grants
            .OrderBy(row => row.Resource?.Id?.ResourceType ?? "", StringComparer.Ordinal)
            .ThenBy(row => Facts.Name(row.Resource), StringComparer.Ordinal)
            .ThenBy(row => row.Resource?.Id?.Resource ?? "", StringComparer.Ordinal)
            .ThenByDescending(row => PrivilegeRule.RankOf(Facts.Role(row.Entitlement)))
            .ThenBy(row => row.Grant.Id, StringComparer.Ordinal);

    private static bool IsPrivileged(GrantOutput row) => !SyncDirectory.IsMissing(row.Entitlement) && PrivilegeRule.Usual.IsPrivileged(row.Entitlement);

    private static Column<GrantOutput>[] Columns(JoinedRows rows) =>
    [
        new("Resource", row => rows.Names.Of(row.Resource)),
        new("Type", row => row.Resource?.Id?.ResourceType ?? ""),
        new("Resource ID", row => Facts.Reference(row.Resource?.Id)) { IsDetail = true },
        new("Role", row => Facts.Role(row.Entitlement)) { Tones = ListTones.OfRole },
        new("How", row => HowObtained.Of(row.Grant, rows.Names.OfEntitlement).Short),
        new("Grant", row => row.Grant.Id),
        new("Privileged", row => Words.YesNo(IsPrivileged(row))) { IsDetail = true },
    ];
}
