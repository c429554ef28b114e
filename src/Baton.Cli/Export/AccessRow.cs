using Baton.Cli.Reading;
using Baton.Protocol.Connector.V2;

namespace Baton.Cli.Export;

/// <summary>
/// A row of the sheet that lists identities, entitlements and grants one below the other. Its twelve columns are upstream's, since other
/// programs take them in; more stand behind them when they are asked for.
/// </summary>
internal sealed record AccessRow(string Type)
{
    /// <summary>The columns of upstream, to the letter.</summary>
    public static IReadOnlyList<AccessColumn> Columns { get; } =
    [
        new("Type", 12, row => row.Type),
        new("Last Name", 18, row => row.Identity?.LastName),
        new("First Name", 18, row => row.Identity?.FirstName),
        new("User ID", 12, row => row.Identity?.UserId),
        new("User Status", 12, row => row.HasStatus ? row.Identity?.Status : null),
        new("Email Address", 32, row => row.Identity?.Account.Email),
        new("Entitlement Display Name", 32, row => row.Entitlement?.DisplayName),
        new("Entitlement", 28, row => row.EntitlementId),
        new("Resource Type", 14, row => row.ResourceTypeId),
        new("Resource Name", 28, row => row.Resource?.DisplayName),
        new("Entitlement Description", 40, row => row.Entitlement?.Description),
        new("Entitlement Slug", 16, row => row.Entitlement?.Slug),
    ];

    /// <summary>What a reader of the sheet misses in them: who it is by name, and how the access came about.</summary>
    public static IReadOnlyList<AccessColumn> Details { get; } =
    [
        new("Principal", 28, row => row.Identity?.Account.Name),
        new("Principal ID", 18, row => row.Identity?.Id),
        new("Login", 24, row => row.Identity?.Account.Login),
        new("Account Type", 14, row => row.Identity?.Account.Type),
        new("Account Status", 14, row => row.Identity?.Account.Status),
        new("Last Seen", 12, row => row.Identity?.Account.LastSeen),
        new("Created", 12, row => row.Identity?.Account.Created),
        new("Resource ID", 18, row => Facts.Reference(row.Resource?.Id)),
        new("How", 20, row => row.How),
        new("Grant ID", 32, row => row.GrantId),
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

/// <param name="Title">In the header.</param>
/// <param name="Width">In a workbook, in characters.</param>
/// <param name="Text">The cell; null or empty leaves it empty.</param>
internal sealed record AccessColumn(string Title, double Width, Func<AccessRow, string?> Text);
