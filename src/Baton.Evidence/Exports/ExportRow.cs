using Baton.Evidence.Reading;
using Baton.Evidence.Sheets;
using Baton.Protocol.Connector.V2;

namespace Baton.Evidence.Exports;

/// <summary>
/// A row of the sheet that lists identities, entitlements and grants one below the other. Its twelve columns are upstream's, since other
/// programs take them in; more stand behind them when they are asked for.
/// </summary>
internal sealed record ExportRow(string Type)
{
    /// <summary>The columns of upstream, to the letter.</summary>
    public static IReadOnlyList<Column<ExportRow>> Columns { get; } =
    [
        new("Type", row => row.Type) { Width = 12 },
        new("Last Name", row => row.Identity?.LastName) { Width = 18 },
        new("First Name", row => row.Identity?.FirstName) { Width = 18 },
        new("User ID", row => row.Identity?.UserId) { Width = 12 },
        new("User Status", row => row.HasStatus ? row.Identity?.Status : null) { Width = 12 },
        new("Email Address", row => row.Identity?.Account.Email) { Width = 32 },
        new("Entitlement Display Name", row => row.Entitlement?.DisplayName) { Width = 32 },
        new("Entitlement", row => row.EntitlementId) { Width = 28 },
        new("Resource Type", row => row.ResourceTypeId) { Width = 14 },
        new("Resource Name", row => row.Resource?.DisplayName) { Width = 28 },
        new("Entitlement Description", row => row.Entitlement?.Description) { Width = 40 },
        new("Entitlement Slug", row => row.Entitlement?.Slug) { Width = 16 },
    ];

    /// <summary>What a reader of the sheet misses in them: who it is by name, and how the access came about.</summary>
    public static IReadOnlyList<Column<ExportRow>> Details { get; } =
    [
        new("Principal", row => row.Identity?.Account.Name) { Width = 28 },
        new("Principal ID", row => row.Identity?.Id) { Width = 18 },
        new("Login", row => row.Identity?.Account.Login) { Width = 24 },
        new("Account Type", row => row.Identity?.Account.Type) { Width = 14 },
        new("Account Status", row => row.Identity?.Account.Status) { Width = 14 },
        new("Last Seen", row => row.Identity?.Account.LastSeen) { Width = 12 },
        new("Created", row => row.Identity?.Account.Created) { Width = 12 },
        new("Resource ID", row => Facts.Reference(row.Resource?.Id)) { Width = 18 },
        new("How", row => row.How) { Width = 20 },
        new("Grant ID", row => row.GrantId) { Width = 32 },
    ];

    public Identity? Identity { get; init; }

    /// <summary>Upstream leaves the status out of the rows of grants.</summary>
    public bool HasStatus => Type == "Identity";

    /// <summary>Null when the sync does not hold it.</summary>
    public Entitlement? Entitlement { get; init; }

    public string EntitlementId { get; init; } = "";

    public string ResourceTypeId { get; init; } = "";

    public Resource? Resource { get; init; }

    public string How { get; init; } = "";

    public string GrantId { get; init; } = "";
}
