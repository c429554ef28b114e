using Podium.Inventory.Lists;

namespace Podium.Apps;

/// <summary>Changes in words.</summary>
internal static class ChangeWords
{
    public static string Verb(InventoryChangeKind kind) => kind switch
    {
        InventoryChangeKind.GrantBegun => "got",
        InventoryChangeKind.GrantEnded => "lost",
        InventoryChangeKind.GrantOriginChanged => "holds by another way",
        InventoryChangeKind.AccountBegun => "was added",
        InventoryChangeKind.AccountChanged => "was changed",
        InventoryChangeKind.AccountEnded => "is gone",
        InventoryChangeKind.EntitlementBegun or InventoryChangeKind.ResourceBegun => "New:",
        InventoryChangeKind.EntitlementChanged or InventoryChangeKind.ResourceChanged => "Changed:",
        InventoryChangeKind.EntitlementEnded or InventoryChangeKind.ResourceEnded => "Gone:",
        InventoryChangeKind.EntitlementReturned or InventoryChangeKind.ResourceReturned => "Back again:",
        _ => kind.ToString(),
    };

    /// <summary>What is another, as in <c>status: Enabled → Disabled</c>.</summary>
    public static string Of(IReadOnlyList<ChangedField> fields)
        => string.Join("; ", fields.Select(field => $"{field.Name}: {Value(field.Before)} → {Value(field.After)}"));

    public static string Value(string? text) => string.IsNullOrEmpty(text) ? "nothing" : text;

    /// <summary>Its mark in a timeline.</summary>
    public static string? Class(InventoryChangeKind kind) => kind switch
    {
        InventoryChangeKind.GrantBegun or InventoryChangeKind.AccountBegun or InventoryChangeKind.EntitlementReturned or InventoryChangeKind.ResourceReturned => "done",
        InventoryChangeKind.GrantEnded or InventoryChangeKind.AccountEnded or InventoryChangeKind.EntitlementEnded or InventoryChangeKind.ResourceEnded => "bad",
        _ => null,
    };
}
