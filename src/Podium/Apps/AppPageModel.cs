using Podium.Connectors.Lists;
using Podium.Inventory.Lists;

namespace Podium.Apps;

/// <summary>What every page of an app has around it.</summary>
internal sealed record AppPageModel
{
    public required App App { get; init; }

    public required AppTab Tab { get; init; }

    public required IReadOnlyList<ConnectorRow> Connectors { get; init; }

    public required IReadOnlyList<string> Owners { get; init; }

    /// <summary>Of now; null before the first sync.</summary>
    public required AppCounts? Counts { get; init; }

    public string Path => $"/apps/{App.PublicId}";
}

internal enum AppTab
{
    Overview,
    Accounts,
    Entitlements,
    Resources,
    Changes,
}
