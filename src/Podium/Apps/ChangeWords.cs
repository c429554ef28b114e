using Podium.Inventory.Lists;

namespace Podium.Apps;

/// <summary>Changes in words.</summary>
internal static class ChangeWords
{
    public static string Verb(ChangeKind kind) => kind switch
    {
        ChangeKind.GrantBegun => "got",
        ChangeKind.GrantEnded => "lost",
        ChangeKind.GrantOriginChanged => "holds by another way",
        ChangeKind.AccountBegun => "was added",
        ChangeKind.AccountChanged => "was changed",
        ChangeKind.AccountEnded => "is gone",
        ChangeKind.EntitlementBegun or ChangeKind.ResourceBegun => "New:",
        ChangeKind.EntitlementChanged or ChangeKind.ResourceChanged => "Changed:",
        ChangeKind.EntitlementEnded or ChangeKind.ResourceEnded => "Gone:",
        ChangeKind.EntitlementReturned or ChangeKind.ResourceReturned => "Back again:",
        _ => kind.ToString(),
    };

    /// <summary>What is another, as in <c>status: Enabled → Disabled</c>.</summary>
    public static string Of(IReadOnlyList<ChangedField> fields)
        => string.Join("; ", fields.Select(field => $"{field.Name}: {Value(field.Before)} → {Value(field.After)}"));

    public static string Value(string? text) => string.IsNullOrEmpty(text) ? "nothing" : text;

    /// <summary>Its mark in a timeline.</summary>
    public static string? Class(ChangeKind kind) => kind switch
    {
        ChangeKind.GrantBegun or ChangeKind.AccountBegun or ChangeKind.EntitlementReturned or ChangeKind.ResourceReturned => "done",
        ChangeKind.GrantEnded or ChangeKind.AccountEnded or ChangeKind.EntitlementEnded or ChangeKind.ResourceEnded => "bad",
        _ => null,
    };
}
