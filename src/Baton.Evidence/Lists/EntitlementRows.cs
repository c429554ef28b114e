using Baton.Evidence.Reading;
using Baton.Evidence.Sheets;
using Baton.Protocol.Cli.V1;

namespace Baton.Evidence.Lists;

/// <summary>What can be granted.</summary>
public static class EntitlementRows
{
    public static RowKind<EntitlementOutput> Kind(JoinedRows rows) => new(
        "entitlements",
        [
            new("ID", row => row.Entitlement.Id),
            new("Resource", row => rows.Names.Of(row.Resource)),
            new("Resource ID", row => Facts.Reference(row.Resource?.Id)) { IsDetail = true },
            new("Slug", row => row.Entitlement.Slug),
            new("Display name", row => row.Entitlement.DisplayName),
            new("Purpose", row => Facts.Purpose(row.Entitlement)),
            new("Description", row => row.Entitlement.Description) { IsDetail = true },
        ],
        () => new MessageForm<EntitlementOutput>())
    {
        Texts = row => [row.Entitlement.Id, row.Entitlement.DisplayName, row.Entitlement.Slug, Facts.Name(row.Resource), Facts.Reference(row.Resource?.Id)],
    };
}
